import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, LatencyAtLoad, Slo } from '@loadstair/analysis';
import { DiskRefused, writeWholeInNewFolder } from '@loadstair/kit/node';
import { z } from 'zod';
import { BadRun } from '../errors.ts';
import type { Arm } from './arm.ts';
import type { StillLimits } from './still-limits.ts';

/** Arms side by side: everything a table, a page or a program needs. */
export interface ComparisonRecord {
  readonly schema: 1;
  readonly id: string;
  readonly madeAt: string;
  readonly profile: string;
  readonly slo: Slo;
  readonly arms: readonly PricedArm[];
  /** Each arm against the first, in order of the arms. */
  readonly againstFirst: readonly Comparison[];
  /** Each arm against the one before it. */
  readonly againstPrevious: readonly Transition[];
  readonly prices: { readonly date: string; readonly currency: string };
  /** Where both arms are the same: how many ways to split their runs in two would have said they differ. */
  readonly sameTwice: { readonly wrong: number; readonly splits: number } | null;
}

/** From one arm to the next. */
export interface Transition extends Comparison {
  /** Latencies at one load; null where the runs have none in common that all of them held. */
  readonly latency: LatencyAtLoad | null;
  /** What limits both and was left as it was, if so. */
  readonly stillLimits: StillLimits | null;
}

export interface PricedArm extends Arm {
  readonly labCpus: number;
  /** In the table's currency. */
  readonly pricePerMonth: number;
}

export function writeComparison(labFolder: string, record: ComparisonRecord, html: string): string {
  const folder = join(labFolder, 'comparisons', record.id);
  const report = join(folder, 'report.html');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'comparison.json'), JSON.stringify(record, null, 2));
    writeFileSync(report, html);
  } catch (error) {
    throw new DiskRefused(folder, (error as Error).message);
  }
  return report;
}

const BASELINE = z.strictObject({ schema: z.literal(1), runs: z.array(z.string()).min(1), setAt: z.string() });

/** Runs that later ones are held against. */
export interface BaselineStore {
  /** @throws BadRun when there is none or it is damaged */
  read(): readonly string[];
  write(runs: readonly string[]): void;
}

export function baselineStore(labFolder: string): BaselineStore {
  const file = join(labFolder, 'baseline.json');
  return {
    read() {
      if (!existsSync(file))
        throw new BadRun('There is no baseline.', 'no run has been set as the baseline', './lab baseline set RUN', 'E_NO_BASELINE');
      try {
        return BASELINE.parse(JSON.parse(readFileSync(file, 'utf8'))).runs;
      } catch (error) {
        throw new BadRun(
          'The baseline cannot be read.',
          `${file}: ${(error as Error).message.split('\n')[0]}`,
          './lab baseline set RUN',
          'E_BASELINE',
        );
      }
    },
    write(runs) {
      writeWholeInNewFolder(file, JSON.stringify({ schema: 1, runs, setAt: new Date().toISOString() }));
    },
  };
}

/** Why the baseline keeps a run from being deleted; null where it does not. One that cannot be read keeps every run. */
export function baselineHolds(baselines: BaselineStore, run: string): string | null {
  try {
    return baselines.read().includes(run) ? 'it is part of the baseline' : null;
  } catch (error) {
    if (!(error instanceof BadRun)) throw error;
    return error.code === 'E_NO_BASELINE' ? null : `the baseline may hold it: ${error.what}`;
  }
}
