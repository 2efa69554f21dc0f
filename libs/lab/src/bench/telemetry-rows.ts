import { percent } from '@loadstair/analysis';
import { benchRow, type BenchRow } from '@loadstair/runs';
import type { TelemetryCosts } from './telemetry-cost.ts';

/** Of what a bare site does with a CPU second, a site with telemetry shall do this share. */
const TELEMETRY_BAR = 0.85;
/** Pairs that must count of those that ran. */
const COUNTING_SHARE = 0.75;

export function telemetryRows({ costs }: TelemetryCosts): BenchRow[] {
  return costs.flatMap(({ load, ratio, rate, requestsPerCpuSecond: { full, bare } }) =>
    ratio === null
      ? []
      : [
          benchRow({
            id: `telemetry ${load}`,
            what: `telemetry on / bare, ${load}`,
            unit: 'ratio',
            value: ratio.ratio,
            interval: ratio.interval,
            // The bar is on the mix; the smallest request shows the cost at its largest.
            bar: load === 'mixed' ? { kind: 'at-least', value: TELEMETRY_BAR } : null,
            detail: `${Math.round(full)} / ${Math.round(bare)} requests per CPU-s, ${ratio.n} pairs at ${rate}/s`,
          }),
        ],
  );
}

/** Why the blocks say nothing, or null. */
export function busyInBlocks({ costs }: TelemetryCosts): string | null {
  for (const { load, blocks, ratio } of costs) {
    const pairs = blocks.length / 2;
    if (ratio !== null && ratio.n >= COUNTING_SHARE * pairs) continue;
    const idle = Math.min(...blocks.map((block) => block.idle));
    const outside = Math.max(...blocks.map((block) => block.outside));
    const reasons = [...new Set(blocks.flatMap((block) => block.void ?? []))].join(', ');
    return `${load}: ${ratio?.n ?? 0} of ${pairs} pairs are valid (${reasons}); at least ${percent(idle)} idle, at most ${percent(outside)} used outside the lab`;
  }
  return null;
}
