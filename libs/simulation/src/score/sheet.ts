import { wilson } from '@loadstair/analysis';
import type { Judged } from './judge.ts';

/** A share of cases with its 95 % interval. */
export interface Share {
  readonly right: number;
  readonly of: number;
  readonly share: number;
  readonly interval: readonly [low: number, high: number];
}

/** Single causes of one stage or kind. */
export interface SinglesScore {
  readonly first: Share;
  readonly firstThree: Share;
  /** Of the two naive rules, the one that is right more often here. */
  readonly naive: Share;
}

export interface ScoreSheet {
  readonly first: Share;
  readonly firstThree: Share;
  readonly byStage: readonly (SinglesScore & { readonly stage: number })[];
  readonly byKind: readonly (SinglesScore & { readonly kind: string })[];
  /** Both named, and nothing else. */
  readonly two: Share;
  readonly twoByKind: readonly { readonly kind: string; readonly set: Share }[];
  readonly refused: Share;
  readonly refusedByKind: readonly { readonly kind: string; readonly refused: Share; readonly rightCode: Share }[];
  /** Runs that may be trusted and were refused: of all such, singles and pairs too. */
  readonly falselyRefused: Share;
  /** Something named where nothing ran out. */
  readonly falseNames: Share;
  /** Median of |ln(load found ÷ true load)|. */
  readonly loadError: number | null;
  readonly confidence: {
    readonly brier: number | null;
    /** Expected calibration error: how far what was said lies from what came true, in the mean over the bins. */
    readonly ece: number | null;
    /** By kind of cause: the mean of what was said, and what came true. */
    readonly byKind: readonly { readonly kind: string; readonly mean: number; readonly right: Share }[];
    readonly bins: readonly { readonly from: number; readonly to: number; readonly mean: number; readonly right: Share }[];
  };
  readonly baselines: { readonly highestCpu: Share; readonly largestZ: Share };
  /** Singles whose true cause is not the metric with the highest use. */
  readonly quiet: { readonly first: Share; readonly highestCpu: Share; readonly largestZ: Share };
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly text: string;
  readonly value: number;
  readonly least: number;
  readonly met: boolean;
}

/** The few numbers of a score sheet that are told of cases at which nobody looks one by one. */
export type Headline = Pick<ScoreSheet, 'first' | 'two' | 'refused' | 'falselyRefused' | 'falseNames'> & { readonly ece: number | null };

export function headline({ first, two, refused, falselyRefused, falseNames, confidence }: Omit<ScoreSheet, 'bars'>): Headline {
  return { first, two, refused, falselyRefused, falseNames, ece: confidence.ece };
}

const BIN_EDGES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.001] as const;

export function scoreSheet(judged: readonly Judged[]): ScoreSheet {
  const of = (group: Judged['group']): Judged[] => judged.filter((one) => one.group === group);
  const singles = of('single');
  const pairs = of('two');
  const trusted = judged.filter((one) => one.group !== 'invalid');
  const quiet = singles.filter((one) => !one.loudest);
  const named = judged.filter((one) => one.confidence !== null && one.group !== 'invalid' && one.group !== 'valid');
  const sheet: Omit<ScoreSheet, 'bars'> = {
    first: shareOf(singles, (one) => one.first),
    firstThree: shareOf(singles, (one) => one.firstThree),
    byStage: groups(singles, (one) => String(one.stage)).map(([stage, own]) => ({ stage: Number(stage), ...singlesScore(own) })),
    byKind: groups(singles, (one) => one.kind).map(([kind, own]) => ({ kind, ...singlesScore(own) })),
    two: shareOf(pairs, (one) => one.set),
    twoByKind: groups(pairs, (one) => one.kind).map(([kind, own]) => ({ kind, set: shareOf(own, (one) => one.set) })),
    refused: shareOf(of('invalid'), notTrusted),
    refusedByKind: groups(of('invalid'), (one) => one.kind).map(([kind, own]) => ({
      kind,
      refused: shareOf(own, notTrusted),
      rightCode: shareOf(own, (one) => one.rightCode),
    })),
    falselyRefused: shareOf(trusted, (one) => one.verdict === 'refused'),
    falseNames: shareOf(of('none'), (one) => one.verdict === 'named'),
    loadError: middle(singles.flatMap((one) => (one.loadError === null || !one.first ? [] : [Math.abs(one.loadError)]))),
    confidence: { brier: brierOf(named), ece: eceOf(binsOf(named)), byKind: calibrationByKind(named), bins: binsOf(named) },
    baselines: { highestCpu: shareOf(singles, (one) => one.highestCpu), largestZ: shareOf(singles, (one) => one.largestZ) },
    quiet: {
      first: shareOf(quiet, (one) => one.first),
      highestCpu: shareOf(quiet, (one) => one.highestCpu),
      largestZ: shareOf(quiet, (one) => one.largestZ),
    },
  };
  return { ...sheet, bars: barsOf(sheet) };
}

/** What must hold. */
function barsOf(sheet: Omit<ScoreSheet, 'bars'>): Bar[] {
  const bar = (text: string, value: number, least: number): Bar => ({ text, value, least, met: value >= least });
  const best = Math.max(sheet.quiet.highestCpu.share, sheet.quiet.largestZ.share);
  return [
    bar('right tier and resource first, of single causes', sheet.first.share, 0.95),
    bar('both named and nothing else, of two at once', sheet.two.share, 0.8),
    bar('refused, of runs that may not be trusted', sheet.refused.share, 0.98),
    bar('not refused, of runs that may', 1 - sheet.falselyRefused.share, 0.97),
    bar('calibrated confidence, 1 − expected calibration error', 1 - (sheet.confidence.ece ?? 0), 0.95),
    bar('over the best naive rule where the cause is not the loudest', sheet.quiet.first.share - best, 0.2),
  ];
}

/** Refused, or answered below the load from which on it was spoiled, with the reason for saying nothing of what lies beyond. */
function notTrusted(one: Judged): boolean {
  return one.verdict === 'refused' || (one.verdict === 'none-in-range' && one.rightCode);
}

function singlesScore(own: readonly Judged[]): SinglesScore {
  const rules = [shareOf(own, (one) => one.highestCpu), shareOf(own, (one) => one.largestZ)] as const;
  return {
    first: shareOf(own, (one) => one.first),
    firstThree: shareOf(own, (one) => one.firstThree),
    naive: rules[1].right > rules[0].right ? rules[1] : rules[0],
  };
}

function shareOf(list: readonly Judged[], is: (one: Judged) => boolean): Share {
  const right = list.filter(is).length;
  return { right, of: list.length, share: list.length === 0 ? 0 : right / list.length, interval: wilson(right, list.length) };
}

function groups(list: readonly Judged[], key: (one: Judged) => string): [string, Judged[]][] {
  const found = new Map<string, Judged[]>();
  for (const one of list) found.set(key(one), [...(found.get(key(one)) ?? []), one]);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Mean squared distance of the confidence from what came true (Brier 1950). */
function brierOf(named: readonly Judged[]): number | null {
  if (named.length === 0) return null;
  return named.reduce((sum, one) => sum + ((one.confidence as number) - (one.first ? 1 : 0)) ** 2, 0) / named.length;
}

/** Naeini, Cooper and Hauskrecht 2015: |said − came true| of each bin, weighted by its cases. */
function eceOf(bins: ScoreSheet['confidence']['bins']): number | null {
  const cases = bins.reduce((sum, { right }) => sum + right.of, 0);
  return cases === 0 ? null : bins.reduce((sum, { mean, right }) => sum + (right.of / cases) * Math.abs(mean - right.share), 0);
}

function calibrationByKind(named: readonly Judged[]): ScoreSheet['confidence']['byKind'] {
  return groups(named, (one) => one.kind).map(([kind, own]) => ({
    kind,
    mean: meanConfidence(own),
    right: shareOf(own, (one) => one.first),
  }));
}

function meanConfidence(own: readonly Judged[]): number {
  return own.reduce((sum, one) => sum + (one.confidence as number), 0) / own.length;
}

function binsOf(named: readonly Judged[]): ScoreSheet['confidence']['bins'] {
  return BIN_EDGES.slice(0, -1).flatMap((from, index) => {
    const to = BIN_EDGES[index + 1] as number;
    const own = named.filter((one) => (one.confidence as number) >= from && (one.confidence as number) < to);
    if (own.length === 0) return [];
    return [{ from, to: Math.min(1, to), mean: meanConfidence(own), right: shareOf(own, (one) => one.first) }];
  });
}

function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
}
