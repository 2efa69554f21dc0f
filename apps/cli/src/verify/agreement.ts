import { rate, resourceName, type RunData, type Verdict } from '@loadstair/analysis';

/** Exit status when an expectation was not met. */
export const NOT_MET = 5;

/** A run that was kept, with what its verdict must be. */
export interface Fixture {
  readonly about: string;
  readonly expected: {
    readonly kind: Verdict['kind'];
    readonly tier?: string;
    readonly resource?: string;
    readonly notTier?: string;
    readonly codes?: readonly string[];
  };
  readonly run: RunData;
}

export function agreesWith(verdict: Verdict, expected: Fixture['expected']): boolean {
  if (verdict.kind !== expected.kind) return false;
  if (verdict.kind === 'named') {
    if (expected.notTier !== undefined) return verdict.tier !== expected.notTier;
    return verdict.tier === expected.tier && verdict.resource === expected.resource;
  }
  if (verdict.kind === 'refused') return (expected.codes ?? []).every((code) => verdict.codes.some((one) => one === code));
  return true;
}

export function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return `${resourceName(verdict)} at ${rate(verdict.load)}/s, λ* ${rate(verdict.saturation)}, sure ${verdict.confidence.toFixed(2)}`;
    case 'refused':
      return `refused: ${verdict.codes.join(', ')}`;
    default:
      return verdict.kind;
  }
}
