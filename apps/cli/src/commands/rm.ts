import { Problem } from '@loadstair/kit';
import type { Command } from 'commander';
import { baselineHolds, baselineStore, createStore } from '@loadstair/runs';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { findLabd } from '@loadstair/lab-client/find-labd';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** rm: runs that nobody needs any more. */
export function register(program: Command, { io }: Context): void {
  program
    .command('rm')
    .description(COMMANDS.rm.rm.does)
    .argument('<run...>', 'ids of runs, or their beginnings')
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nA run of the baseline cannot be deleted. ./lab prune deletes many old runs.\n\nExamples:\n  ./lab rm k3f9\n  ./lab rm k3f9 m2x7',
    )
    .action(async (prefixes: string[], { instance, json }: { instance: number; json: boolean }) => {
      const store = createStore(LAB_FOLDER);
      // All must be there before any goes.
      const runs = prefixes.map((prefix) => store.open(prefix).id);
      for (const run of runs) needDeletable(run);
      // A labd knows which runs it still needs.
      const labd = await findLabd(instance);
      for (const run of runs) {
        if (labd === null) store.remove(run);
        else await labd.call('DELETE /api/runs/{run}', { path: { run } });
      }
      answer(io, json, { removed: runs }, () => runs.map((run) => `${io.out.marks.good} run ${run} is deleted`));
    });
}

/** Throws Problem where the baseline needs the run. */
function needDeletable(run: string): void {
  const why = baselineHolds(baselineStore(LAB_FOLDER), run);
  if (why === null) return;
  throw new Problem({
    what: `Run ${run} cannot be deleted.`,
    why,
    do: './lab baseline set RUN, with other runs',
    code: 'E_RUN_IN_USE',
    exit: 2,
  });
}
