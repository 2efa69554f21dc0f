import { AT_LIMIT, HOLD_RATIO_LIMIT } from './limits.ts';
import type { Resource, UsedRun, UsedStep } from './resource.ts';
import { percent } from './words.ts';

/** A limit that was found: the hosts of a tier that share it, told by the one that is closest to it. */
export interface Finding {
  readonly resource: Resource;
  /** `db-1 CPU` */
  readonly name: string;
  /** Its use where the site failed, and in the lowest step. */
  readonly busy: number;
  readonly baseline: number;
  readonly waiting: number;
  readonly holdRatio: number | null;
  /** Share of the limit that one arrival/s takes. */
  readonly perArrival: number | null;
}

/** The step in which it was fullest where the site failed, and the one with the lowest load. */
export interface FactSteps {
  readonly run: UsedRun;
  readonly step: UsedStep;
  readonly lowest: UsedStep;
}

/** One measured fact; `text` is the sentence people read. */
export interface Fact {
  readonly text: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly baseline: number | null;
  readonly unit: string;
}

/** The facts that any kind has, in the order in which they are told; each may be none. */
export function usualFacts(
  { busy, baseline, perArrival, waiting, holdRatio }: Finding,
  { step, lowest }: FactSteps,
  limitWord: 'limit' | 'budget' = 'limit',
): { readonly busy: Fact[]; readonly perArrival: Fact[]; readonly waiting: Fact[]; readonly all: Fact[] } {
  const plain = { limit: null, baseline: null };
  const busyFacts = [
    {
      text: `${percent(Math.min(1, busy))} busy in step ${step.index} (limit ${percent(AT_LIMIT)}), ${percent(baseline)} in step ${lowest.index}`,
      value: busy,
      limit: AT_LIMIT,
      baseline,
      unit: 'share of limit',
    },
  ];
  const perArrivalFacts =
    perArrival === null
      ? []
      : [
          {
            ...plain,
            text: `each arrival/s takes ${(perArrival * 100).toFixed(perArrival < 0.01 ? 2 : 1)} % of its ${limitWord}`,
            value: perArrival,
            unit: 'share of limit per arrival/s',
          },
        ];
  const waitingFacts = [
    ...(waiting < 1 ? [] : [{ ...plain, text: `${waiting.toFixed(0)} requests were waiting`, value: waiting, unit: 'requests' }]),
    ...(holdRatio === null
      ? []
      : [
          {
            text: `held ${holdRatio.toFixed(1)}× as long as in step ${lowest.index}, so nothing behind it slowed down`,
            value: holdRatio,
            limit: HOLD_RATIO_LIMIT,
            baseline: 1,
            unit: '×',
          },
        ]),
  ];
  return {
    busy: busyFacts,
    perArrival: perArrivalFacts,
    waiting: waitingFacts,
    all: [...busyFacts, ...perArrivalFacts, ...waitingFacts],
  };
}
