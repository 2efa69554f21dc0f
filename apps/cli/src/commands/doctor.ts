import { mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import { findTool, mendCommand, rightsOf, TOOLS } from '@loadstair/runtime';
import { LAB_FOLDER } from '../labd-client.ts';
import type { Context } from './context.ts';

const MISSING = 6;

/** doctor: what this machine has, what is missing, and the one command that mends it. */
export function register(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('what this machine has and what is missing')
    .option('--json', 'one line of JSON', false)
    .addHelpText('after', '\nExamples:\n  ./lab doctor\n\nExit status 6 when something that every stage needs is missing.')
    .action(async (options: { json: boolean }) => {
      const { io } = context;
      mkdirSync(LAB_FOLDER, { recursive: true });
      const where = { labFolder: LAB_FOLDER, path: context.environment['PATH'] ?? '' };
      const tools = await Promise.all(Object.values(TOOLS).map((tool) => findTool(tool.name, where)));
      const nft = tools.find((tool) => tool.name === 'nft');
      const rights = await rightsOf(LAB_FOLDER, nft?.state === 'found' ? nft.path : undefined);
      const lacking = tools.filter((tool) => tool.state !== 'found').length + rights.filter((right) => right.state === 'missing').length;
      if (options.json) {
        io.out.write(`${JSON.stringify({ tools, rights })}\n`);
        return context.exit(lacking > 0 ? MISSING : 0);
      }
      const { paint, marks } = io.out;
      for (const tool of tools) {
        const { stages } = TOOLS[tool.name];
        if (tool.state === 'found')
          io.out.write(`${paint.good(marks.good)} ${tool.name.padEnd(11)} ${tool.version.padEnd(9)} ${tool.from.padEnd(8)} ${stages}\n`);
        else {
          const said = tool.state === 'missing' ? 'not found' : `${tool.version} is too old, ${tool.wanted} is needed`;
          io.out.write(
            `${paint.bad(marks.bad)} ${tool.name.padEnd(11)} ${said.padEnd(18)} ${stages}\n              do  ${mendCommand(tool.name)}\n`,
          );
        }
      }
      for (const right of rights) {
        const mark = right.state === 'ok' ? paint.good(marks.good) : right.state === 'warn' ? '!' : paint.bad(marks.bad);
        io.out.write(`${mark} ${right.name.padEnd(11)} ${right.found}\n`);
        if (right.mend !== null) io.out.write(`              do  ${right.mend}\n`);
      }
      io.out.write(
        lacking === 0
          ? 'Ready for stages 1–3.\n'
          : `${lacking === 1 ? 'One thing is' : `${lacking} things are`} missing (exit ${MISSING}). ./lab run 1 --yes installs what it needs.\n`,
      );
      context.exit(lacking > 0 ? MISSING : 0);
    });
}
