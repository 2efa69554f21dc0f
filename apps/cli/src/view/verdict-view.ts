import type { NamedResource, Verdict } from '@loadstair/analysis';
import type { Stream } from '../io.ts';

/** The verdict block, as the analysis worded it. */
export function verdictBlock(verdict: Verdict, lines: readonly string[], stream: Stream): string {
  const { paint } = stream;
  const [sentence = '', ...rows] = lines;
  const mark = sentence.slice(0, 1);
  const first = `${verdict.kind === 'named' ? paint.limit(mark) : mark}${paint.bold(sentence.slice(1))}`;
  return `${[first, ...rows.flatMap((row) => wrapRow(row, stream.columns))].join('\n')}\n`;
}

const INDENT = 11;

/** Long rows go on below their own text. */
function wrapRow(row: string, columns: number): string[] {
  const width = Math.max(40, columns);
  if (row.length <= width) return [row];
  const lines: string[] = [];
  let rest = row;
  while (rest.length > width) {
    const cut = rest.lastIndexOf(' ', width);
    const at = cut <= INDENT ? width : cut;
    lines.push(rest.slice(0, at));
    rest = ' '.repeat(INDENT) + rest.slice(at).trimStart();
  }
  return [...lines, rest];
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
        codes: [],
        evidence: verdict.evidence,
      };
    case 'none-in-range':
      return {
        kind: 'none-in-range',
        load: verdict.highest,
        unit: 'arrivals/s',
        closest: verdict.closest === null ? null : { ...place(verdict.closest), busy: verdict.closest.busy },
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
