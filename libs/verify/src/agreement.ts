import { join } from 'node:path';
import { rate, resourceName, type RunData, type StoredRunData, type Verdict } from '@loadstair/analysis';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { settingsOf, type Injection } from '@loadstair/stages';
import { saysWithout } from './injections/judge.ts';

/** Where recorded runs are kept. */
export const FIXTURES = join(REPO_FOLDER, 'libs', 'analysis', 'fixtures');

/** Exit status when an expectation was not met. */
export const NOT_MET = 5;

/** A run that was kept, with what its verdict must be. */
export interface Fixture {
  readonly about: string;
  readonly expected: {
    readonly kind: Verdict['kind'];
    readonly tier?: string;
    readonly resource?: string;
    /** What must be named beside it, when two run out at once. */
    readonly with?: readonly { readonly tier: string; readonly resource: string }[];
    /** Whether it must be one host's, for want of balance. */
    readonly imbalance?: boolean;
    /** The region that it must say had no edge. */
    readonly without?: string;
    readonly notTier?: string;
    readonly codes?: readonly string[];
  };
  readonly run: StoredRunData;
}

export function agreesWith(verdict: Verdict, expected: Fixture['expected']): boolean {
  if (verdict.kind !== expected.kind) return false;
  if (verdict.kind === 'named') {
    if (expected.notTier !== undefined) return verdict.tier !== expected.notTier;
    if (expected.without !== undefined && !saysWithout(verdict, expected.without)) return false;
    if (expected.imbalance !== undefined && expected.imbalance !== (verdict.imbalance !== undefined)) return false;
    if (expected.with === undefined) return verdict.tier === expected.tier && verdict.resource === expected.resource;
    const wanted = [{ tier: expected.tier, resource: expected.resource }, ...expected.with];
    const named = [verdict, ...verdict.with];
    return (
      named.length === wanted.length &&
      wanted.every((one) => named.some(({ tier, resource }) => tier === one.tier && resource === one.resource))
    );
  }
  if (verdict.kind === 'refused') return (expected.codes ?? []).every((code) => verdict.codes.some((one) => one === code));
  return true;
}

/** A run of an injection as a recorded one. */
export function fixtureOf(injection: Injection, run: RunData): Fixture {
  const { mechanism, expected } = injection;
  const set = settingsOf(injection);
  const about = `${mechanism}${set.length === 0 ? '' : ` (${set.join(' ')})`}`;
  switch (expected.kind) {
    case 'limit': {
      const { alone = false, ...limit } = expected.limit;
      return { about, expected: { kind: 'named', ...limit, imbalance: alone, with: [] }, run };
    }
    case 'both': {
      const [first, second] = expected.limits;
      return { about, expected: { kind: 'named', ...first, with: [second] }, run };
    }
    case 'none':
      return { about, expected: { kind: 'none-in-range' }, run };
    case 'refused':
      return { about, expected: { kind: 'refused', codes: [expected.code] }, run };
  }
}

export function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return `${resourceName(verdict)}${verdict.imbalance === undefined ? '' : ', alone,'} ${verdict.onset.lastPass === null ? 'below' : 'at'} ${rate(verdict.load)}/s, λ* ${rate(verdict.saturation)}, sure ${verdict.confidence.toFixed(2)}`;
    case 'refused':
      return `refused: ${verdict.codes.join(', ')}`;
    default:
      return verdict.kind;
  }
}
