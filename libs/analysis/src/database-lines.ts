import { rate } from '@loadstair/resources';
import { loadSteps, stepHolds } from './onset.ts';
import type { DatabaseUse, RunData, StepData } from './run-data.ts';

/** Reads for each write of all database hosts together; null where nothing was written. */
export function readsPerWrite(databases: readonly DatabaseUse[]): number | null {
  const [reads, writes] = [total(databases, 'reads'), total(databases, 'writes')];
  return writes <= 0 ? null : reads / writes;
}

/** A line a database host: what web servers read from it and wrote to it a second, at the highest load that held. */
export function databaseLines(run: RunData): string[] {
  const step = highest(run);
  const { databases = [] } = step ?? {};
  if (step === null || databases.length === 0) return [];
  const seconds = (step.endMs - step.startMs) / 1000;
  const [reads, writes] = [total(databases, 'reads'), total(databases, 'writes')];
  const share = (part: number, whole: number): string =>
    databases.length === 1 || whole === 0 ? '' : ` (${Math.round((100 * part) / whole)} %)`;
  const ratio = readsPerWrite(databases);
  return [
    ...databases.map(
      (one) =>
        `${one.host} ${rate(one.reads / seconds)} reads/s${share(one.reads, reads)}, ${rate(one.writes / seconds)} writes/s${share(one.writes, writes)}`,
    ),
    `${ratio === null ? 'no writes' : `${ratio.toFixed(1)} reads per write`}; at ${rate(step.offered)} arrivals/s`,
  ];
}

/** The highest load that held; the lowest where none did. */
function highest(run: RunData): StepData | null {
  const steps = loadSteps(run).toSorted((a, b) => a.offered - b.offered);
  return steps.findLast((step) => stepHolds(step, run.profile.slo).holds) ?? steps[0] ?? null;
}

function total(databases: readonly DatabaseUse[], kind: 'reads' | 'writes'): number {
  return databases.reduce((sum, one) => sum + one[kind], 0);
}
