import type { ResourceKind } from '@loadstair/resources';
import type { Interval } from '@loadstair/analysis';
import type { LiveState } from '@loadstair/runs/live-state';

export interface ClosestRow {
  readonly host: string;
  readonly kind: ResourceKind;
  /** Use of the limit now, 0–1. */
  readonly now: number;
  /** At the end of each step so far; null where it was not read. */
  readonly bySteps: readonly (number | null)[];
  /** Where it would run out, arrivals/s; null as long as too little is known, and of what no load fills. */
  readonly runsOut: { readonly load: number; readonly interval: Interval } | null;
}

/** Every limit that is read live: those that would run out first, then the most used; memory, which load hardly moves, last. */
export function closestRows({ now, steps }: LiveState): ClosestRow[] {
  const projected = steps.findLast(({ event }) => event.projected.length > 0)?.event.projected ?? [];
  return (now?.use ?? [])
    .map(({ host, kind, busy }) => ({
      host,
      kind,
      now: busy,
      bySteps: steps.map(({ use }) => use.find((one) => one.host === host && one.kind === kind)?.busy ?? null),
      runsOut: projected.find((one) => one.host === host && one.kind === kind) ?? null,
    }))
    .sort(
      (a, b) =>
        (a.runsOut?.load ?? Infinity) - (b.runsOut?.load ?? Infinity) ||
        Number(a.kind === 'memory') - Number(b.kind === 'memory') ||
        b.now - a.now,
    );
}
