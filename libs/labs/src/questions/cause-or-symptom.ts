import type { ResourceKind } from '@loadstair/resources';
import { findOnset, percent, rate, resourceTable, resourceWord } from '@loadstair/analysis';
import { choice, type Question } from '../question.ts';
import { loadOf, namedIn } from './ran.ts';

const OPTIONS = [
  { value: 'cause', label: 'full, and the limit' },
  { value: 'symptom', label: 'full, but a symptom' },
  { value: 'free', label: 'never full' },
] as const;

/** Whether a pool or slots of a tier ran out, only waited for what did, or had room. */
export function causeOrSymptom(tier: string, kind: ResourceKind): Question {
  const what = `${tier} ${resourceWord(kind)}`;
  return choice(OPTIONS, {
    about: `The ${what}`,
    means: [
      'A pool fills up for two reasons: too many requests want a slot at once, or each holds its slot for longer because something behind the pool is slow.',
      'If slots are held as long as at low load, a full pool is the limit. If they are held much longer, the full pool is only a symptom.',
    ],
    measure(seen) {
      const ran = loadOf(seen);
      const named = namedIn(ran);
      if ('notShown' in named) return named;
      const place = {
        kind: 'run',
        run: ran.id,
        anchor: 'evidence',
        step: named.onset.step,
        says: '“Evidence”: the rows that speak against a limit, and what was ruled out',
      } as const;
      const own = [named, ...named.with].find((one) => one.tier === tier && one.resource === kind);
      const evidence = named.evidence.filter((one) => one.resource !== null && isOf(one.resource));
      if (own !== undefined) {
        const held = evidence.find((one) => one.for && one.unit === '×') ?? evidence.find((one) => one.for);
        return { value: ['cause'], words: `the limit${held === undefined ? '' : `, ${held.text}`}`, because: [], place };
      }
      const against = evidence.find((one) => !one.for);
      if (against !== undefined)
        return { value: ['symptom'], words: `a symptom: ${against.text.replace(/^[^:]+: /, '')}`, because: [against.text], place };
      const rows = resourceTable(ran.data).filter((row) => row.resource.tier === tier && row.resource.kind === kind);
      if (rows.length === 0) return { notShown: `The ${what} was not read.` };
      const most = Math.max(0, ...rows.flatMap((row) => row.busy.map((busy) => busy ?? 0)));
      const onset = findOnset(ran.data);
      return {
        value: ['free'],
        words: `never full, at most ${percent(most)} in use`,
        because: onset === null ? [] : [`the site missed its SLO at ${rate(onset.firstFail)}/s while there was room in the ${what}`],
        place,
      };
    },
  });

  function isOf(resource: string): boolean {
    return resource.startsWith(`${tier}-`) && resource.endsWith(`/${kind}`);
  }
}
