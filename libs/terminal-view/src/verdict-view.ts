import type { NamedResource, Verdict } from '@loadstair/analysis';
import type { Stream } from './io.ts';
import { wrap } from './wrap.ts';

/** The verdict block, as the analysis worded it; marks that the terminal cannot show are replaced. */
export function verdictBlock(verdict: Verdict, lines: readonly string[], stream: Stream): string {
  const { paint, marks } = stream;
  const [sentence = '', ...rows] = lines;
  const mark = { named: marks.limit, 'none-in-range': marks.none, unexplained: '?', refused: marks.refused }[verdict.kind];
  const [first = '', ...more] = wrap(`${mark}${sentence.slice(1)}`, stream.columns, 2);
  return `${[
    `${verdict.kind === 'named' ? paint.limit(mark) : mark}${paint.bold(first.slice(mark.length))}`,
    ...more.map((line) => paint.bold(line)),
    ...rows.flatMap((row) => wrap(row, stream.columns, INDENT)),
  ].join('\n')}\n`;
}

/** Where the text of a row begins: two spaces, a label of eight, a space. */
const INDENT = 11;
/** How far the run can be trusted, and what watching it cost. */
export function trustLine(
  outcome: { readonly checks: { readonly passed: number; readonly of: number }; readonly observerShareOfCore: number },
  { paint, marks }: Stream,
): string {
  const { passed, of } = outcome.checks;
  const mark = passed === of ? paint.good(marks.good) : marks.refused;
  return `${mark} trust     ${passed} of ${of} checks · measuring cost ${Math.round(outcome.observerShareOfCore * 100)} % of a core`;
}

/** Exit status of a verdict (ux.md §7). */
export function exitOf(verdict: Verdict): number {
  return verdict.kind === 'refused' ? 3 : verdict.kind === 'unexplained' ? 4 : 0;
}

/** What `--json` prints of a verdict: one shape for all kinds. */
export function verdictJson(verdict: Verdict): Record<string, unknown> {
  switch (verdict.kind) {
    case 'named':
      return {
        kind: 'named',
        ...place(verdict),
        load: verdict.load,
        interval: verdict.interval,
        unit: 'arrivals/s',
        confidence: verdict.confidence,
        runnerUp: verdict.runnerUp === null ? null : { ...place(verdict.runnerUp), headroom: verdict.runnerUp.headroom },
        with: verdict.with.map(place),
        shares: verdict.shares,
        imbalance: verdict.imbalance ?? null,
        withoutEdge: verdict.withoutEdge ?? [],
        takenOut: verdict.takenOut ?? [],
        background: verdict.background ?? [],
        codes: [],
        evidence: verdict.evidence,
      };
    case 'none-in-range':
      return {
        kind: 'none-in-range',
        load: verdict.highest,
        unit: 'arrivals/s',
        closest: verdict.closest === null ? null : { ...place(verdict.closest), busy: verdict.closest.busy },
        withoutEdge: verdict.withoutEdge ?? [],
        takenOut: verdict.takenOut ?? [],
        background: verdict.background ?? [],
        beyond: verdict.beyond ?? null,
        codes: [],
        evidence: verdict.evidence,
      };
    case 'unexplained':
      return {
        kind: 'unexplained',
        load: verdict.load,
        interval: verdict.interval,
        unit: 'arrivals/s',
        bestLeft: verdict.bestLeft,
        ruledOut: verdict.ruledOut,
        withoutEdge: verdict.withoutEdge ?? [],
        takenOut: verdict.takenOut ?? [],
        background: verdict.background ?? [],
        codes: [],
        evidence: verdict.evidence,
      };
    case 'refused':
      return { kind: 'refused', codes: verdict.codes, checks: verdict.checks, evidence: [] };
  }
}

function place(named: NamedResource): Record<string, unknown> {
  return {
    tier: named.tier,
    hosts: named.hosts,
    resource: named.resource,
    saturation: named.saturation,
    saturationInterval: named.saturationInterval,
  };
}
