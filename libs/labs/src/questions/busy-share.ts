import { percent, resourceName } from '@loadstair/analysis';
import { reading, type Question } from '../question.ts';
import { loadOf, namedIn } from './ran.ts';

/** People read whole per cent from a strip of cells; three points forgive a neighbouring number, not a neighbouring step. */
const POINTS = 3;
/** Of a mean, at 95 %. */
const Z = 1.96;

/** How busy the named resource was in the first step that failed. */
export function busyShare(): Question {
  return reading('%', {
    about: 'Busy share in the first failing step',
    means: [
      'The busy share is the part of its limit that a resource used, averaged over one step of constant load.',
      'The first failing step is the first one that missed its SLO and was followed by another miss; its row says “○ missed”.',
    ],
    measure(seen) {
      const ran = loadOf(seen);
      const named = namedIn(ran);
      if ('notShown' in named) return named;
      const evidence = named.evidence.find((one) => one.for && one.resource !== null);
      const resource = evidence?.resource ?? null;
      const useIn = (index: number): { readonly busy: number; readonly blocks: readonly number[] } | undefined =>
        ran.data.steps[index]?.use.find((one) => one.resource === resource);
      const use = useIn(named.onset.step);
      if (use === undefined) return { notShown: `${resourceName(named)} was not read in step ${named.onset.step}.` };
      const spread = Math.max(1, Math.round(100 * Z * standardError(use.blocks)));
      const at = 100 * Math.min(1, use.busy);
      return {
        value: {
          at,
          within: Math.max(POINTS, spread) + 0.5,
          others: ran.data.steps.flatMap(({ index, kind }) => {
            const busy = useIn(index)?.busy;
            if (kind !== 'load' || index === named.onset.step || busy === undefined) return [];
            return [{ at: 100 * Math.min(1, busy), says: `That is step ${index}.` }];
          }),
        },
        words: `${Math.round(at)} ± ${spread} %`,
        because: [
          `${resourceName(named)} was ${percent(Math.min(1, use.busy))} busy in step ${named.onset.step}, the first that missed its SLO`,
        ],
        place: {
          kind: 'run',
          run: ran.id,
          anchor: 'runs-out',
          step: named.onset.step,
          says: `“What runs out, in order”: row ${resourceName(named)}, column of the first failing step`,
        },
      };
    },
  });
}

function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}
