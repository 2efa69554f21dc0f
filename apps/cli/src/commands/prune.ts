import type { Command } from 'commander';
import { prunable, prune, type Prunable } from '@loadstair/runs';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { answer, jsonOption } from './answer.ts';
import { number, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

const DEFAULT_KEEP = 50;
const MIB = 2 ** 20;

/** prune: what earlier runs left and nobody needs. */
export function register(program: Command, { io }: Context): void {
  program
    .command('prune')
    .description(COMMANDS.prune.prune.does)
    .option('--keep <n>', 'how many of the newest runs stay', number('keep', 0, 100_000, true), DEFAULT_KEEP)
    .option('--yes', 'remove; without it you only see what would go', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Runs of the baseline and starred runs stay, and so does whatever was written
within the last hour.

Examples:
  ./lab prune                    what would go
  ./lab prune --keep 20 --yes    keep the newest 20 runs`,
    )
    .action(({ keep, yes, json }: { keep: number; yes: boolean; json: boolean }) => {
      const items = prunable(LAB_FOLDER, keep);
      const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
      if (yes) prune(items);
      answer(io, json, { removed: yes, bytes, items }, () =>
        items.length === 0 ? ['Nothing to remove.'] : [...items.map(line), `${yes ? 'removed ' : 'would go'} ${mebibytes(bytes)}`],
      );
      if (items.length > 0 && !yes) io.err.write(`next     ./lab prune --keep ${keep} --yes\n`);
    });
}

function line({ what, path, bytes }: Prunable): string {
  return `${mebibytes(bytes).padStart(12)}  ${what}  ${path}`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
