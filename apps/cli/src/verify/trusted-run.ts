import { oneRun, type OneRun } from '../one-run.ts';

/** A run; one that the gate refused, or trusted in part only, is made once more, and that is said. */
export async function trustedRun(...[request, options, context]: Parameters<typeof oneRun>): Promise<OneRun> {
  const first = await oneRun(request, options, context);
  if (first.kind === 'interrupted' || first.interrupted !== null) return first;
  const { run, verdict } = first.outcome;
  const codes = verdict.kind === 'refused' ? verdict.codes : verdict.kind === 'none-in-range' ? verdict.beyond?.codes : undefined;
  if (codes === undefined) return first;
  const { err } = context.io;
  err.write(`${err.marks.now} run ${run} was refused (${codes.join(', ')}) and is repeated once\n`);
  return oneRun(request, options, context);
}
