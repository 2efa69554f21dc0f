import type { ListedRunAnswer } from '@loadstair/lab-api';

type EndedRun = Extract<ListedRunAnswer, { kind: 'run' }>;

/** The newest two plain runs of one profile on different stages; where there are none, the newest two runs. */
export function suggestedPair(listed: readonly EndedRun[]): { readonly first: string; readonly second: string } | null {
  const plain = listed.filter(({ experiment, searched, set }) => experiment === null && !searched && set.length === 0);
  for (const run of plain) {
    const other = plain.find((one) => one.profile === run.profile && one.stage !== run.stage && one.quick === run.quick);
    if (other === undefined) continue;
    const [before, after] = run.stage < other.stage ? [run, other] : [other, run];
    return { first: before.id, second: after.id };
  }
  const [newest, next] = listed;
  return newest === undefined || next === undefined ? null : { first: next.id, second: newest.id };
}
