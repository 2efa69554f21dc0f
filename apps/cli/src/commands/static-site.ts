import { join } from 'node:path';
import type { Command } from 'commander';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { startRecordedLabd } from '@loadstair/lab-client/recorded-labd';
import { SPEED } from '@loadstair/recorded/speed';
import { needConsole } from '../console-build.ts';
import { writeCopy, type WrittenCopy } from '../copy/write-copy.ts';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** Also what the lab runs; here it is what people publish. */
const NAME = 'site';

/** site: the recorded console as files that any web server can show. */
export function register(program: Command, { io }: Context): void {
  program
    .command(NAME)
    .description(COMMANDS['static-site'].site.does)
    .requiredOption('--out <folder>', 'where it is written: an empty folder, or one that ./lab site wrote')
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Any web server shows the files, at any path. Recorded runs, reports,
comparisons and dashboards can be read, and the labs be taken: the page judges
them on recorded runs. Nothing can be started or changed.

Examples:
  ./lab site --out public
  python3 -m http.server --directory public`,
    )
    .action(async ({ out, instance, json }: { out: string; instance: number; json: boolean }) => {
      await needConsole(io);
      const labd = await startRecordedLabd(instance, SPEED.usual);
      try {
        const copy = await writeCopy(labd, join(REPO_FOLDER, 'apps', 'console', 'dist', 'web'), out);
        answer(io, json, { ...copy }, () => copyLines(copy));
        io.err.write(`next   python3 -m http.server --directory ${out}\n`);
      } finally {
        await labd.stop();
      }
    });
}

/** What was written, and how large each part of it is. */
export function copyLines({ folder, runs, parts }: WrittenCopy): string[] {
  const whole = { name: 'whole', files: sum(parts, 'files'), bytes: sum(parts, 'bytes') };
  const lines = [...parts, whole].map(
    ({ name, files, bytes }) => `${name.padEnd(20)}${`${files.toLocaleString('en')} files`.padStart(12)}${megabytes(bytes).padStart(12)}`,
  );
  return [`site  ${folder}   ${runs} ${runs === 1 ? 'run' : 'runs'}`, ...lines];
}

function sum(parts: WrittenCopy['parts'], field: 'files' | 'bytes'): number {
  return parts.reduce((total, part) => total + part[field], 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
