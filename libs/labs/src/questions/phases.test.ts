import { describe, expect, it } from '@jest/globals';
import {
  answersAgain,
  databaseCapacity,
  databaseLoad,
  dividesWork,
  edgesAnswer,
  failuresWithin,
  longestWait,
  moreHits,
  moreStale,
  nothingAnswered,
  replicaLag,
  siteBytes,
  siteCapacity,
  slowerWrites,
  soonerFiles,
  splitsCpu,
  spreadsEvenly,
  wholeAgain,
  type Expectation,
} from '@loadstair/experiments';
import type { Answer } from '../answer.ts';
import type { Question } from '../question.ts';
import type { RanExperiment } from '../seen.ts';
import { between, judge, outcome, pick, read } from '../testing/judging.ts';
import { recordedExperiment } from '../testing/recorded.ts';
import { databaseShareGuess, hitRatioGuess, hitRatioRead, mostHits, staleShareRead, writeTimeRead } from './cache.ts';
import { databaseCapacityGuess, siteCapacityGuess, siteCapacityRead } from './capacity.ts';
import { edgeAnswered, fileTimeGuess, siteBytesGuess } from './edges.ts';
import { loadOfSplitRead } from './experiment.ts';
import { anyFailure, readsPerWriteRead, replicaLagRead, replicaReadsRead, slowestWaitGuess, tailLatencyRead } from './replicas.ts';
import { answeredMeanwhile, firstAnswerRead } from './single-point.ts';
import { furthestFromEvenRead, shareOfServerGuess } from './spread.ts';

interface Shown {
  readonly expectation: Expectation;
  readonly values: Readonly<Record<string, number | null>>;
  readonly measured?: string;
}

const base = recordedExperiment('kill-web-quick');
const other = recordedExperiment('around-the-balancer-quick');

/** An experiment that came to these values. */
function ran(...shown: readonly Shown[]): RanExperiment {
  const phases = [...new Set(shown.flatMap(({ expectation }) => expectation.phases))];
  return {
    ...base,
    experiment: {
      ...base.experiment,
      phases: phases.map((name) => ({ name, load: { rate: 1 }, holdS: { full: 1, quick: 1 } })),
      expectations: shown.map(({ expectation }) => expectation),
    },
    outcome: {
      ...base.outcome,
      results: shown.map(({ values, measured = 'measured' }) => ({
        about: 'about',
        expected: 'expected',
        measured,
        holds: true,
        details: [],
        values,
      })),
    },
  };
}

const AB = { phase: 'b', than: 'a' } as const;
const spread = {
  expectation: spreadsEvenly({ phase: 'b', tier: 'web', within: 0.05 }),
  values: { furthest: 0.02, 'web-1': 34, 'web-3': 16 },
};
const work = {
  expectation: dividesWork({ phase: 'b', writers: 'db', readers: 'db-replica', leastReads: 0.5 }),
  values: { readsPerWrite: 7.1, readShare: 0.92 },
};

describe.each<[string, Question, RanExperiment, Answer, Answer]>([
  [
    'the load that fills a site',
    siteCapacityGuess('b'),
    ran({ expectation: siteCapacity({ ...AB, least: 0.8, most: 1.2 }), values: { ratio: 1.02, ratioLow: 0.9, ratioHigh: 1.1 } }),
    between(1.05, 1.3),
    between(1.2, 1.3),
  ],
  [
    'the same, read off',
    siteCapacityRead('b'),
    ran({ expectation: siteCapacity({ ...AB, least: 0.8, most: null }), values: { ratio: 1.72 } }),
    read(1.7),
    read(1.5),
  ],
  [
    'the load that fills databases',
    databaseCapacityGuess('b'),
    ran({ expectation: databaseCapacity({ ...AB, least: 1, most: null }), values: { ratio: 1.9 } }),
    between(1.5, 2),
    between(2.5, 3),
  ],
  ['reads for each write', readsPerWriteRead('b'), ran(work), read(7.1), read(8)],
  ['the share of replicas', replicaReadsRead('b'), ran(work), read(92), read(50)],
  [
    'what users notice of nothing',
    anyFailure(),
    ran({ expectation: failuresWithin({ action: 'crash', windowMs: 1, marginMs: 1 }), values: { failed: 0 } }),
    pick('none'),
    pick('some'),
  ],
  [
    'what users notice',
    anyFailure(),
    ran({ expectation: failuresWithin({ action: 'crash', windowMs: 1, marginMs: 1 }), values: { failed: 3 } }),
    pick('some'),
    pick('none'),
  ],
  [
    'the slowest request',
    slowestWaitGuess(),
    ran({ expectation: longestWait({ action: 'power-loss', windowMs: 1, least: 0, most: 9_000 }), values: { waitMs: 4_700 } }),
    between(4, 5),
    between(0, 1),
  ],
  ['the p95', tailLatencyRead('b'), ran({ expectation: answersAgain({ phase: 'b' }), values: { quantileMs: 12.4 } }), read(12), read(20)],
  [
    'the lag of replicas',
    replicaLagRead('b'),
    ran({ expectation: replicaLag({ phase: 'b', leastS: 0, mostS: null }), values: { seconds: 1.04 } }),
    read(1),
    read(0),
  ],
  [
    'which requests are answered without the only host',
    answeredMeanwhile(),
    ran({ expectation: nothingAnswered({ from: 'power-loss', until: 'power-on', underWayMs: 1 }), values: { right: 0, requests: 40 } }),
    pick('none'),
    pick('some'),
  ],
  [
    'which are answered where another host helps',
    answeredMeanwhile(),
    ran({ expectation: nothingAnswered({ from: 'power-loss', until: 'power-on', underWayMs: 1 }), values: { right: 7, requests: 40 } }),
    pick('some'),
    pick('none'),
  ],
  [
    'the first answer after a repair',
    firstAnswerRead(),
    ran({ expectation: wholeAgain({ after: 'power-on', withinMs: 9_000 }), values: { firstMs: 640 } }),
    read(0.6),
    read(2),
  ],
  ['the share of a server', shareOfServerGuess('b', 'web-3'), ran(spread), between(30, 35), between(45, 55)],
  ['how uneven servers are', furthestFromEvenRead('b'), ran(spread), read(2), read(20)],
  ['a hit ratio', hitRatioGuess('b'), ran({ expectation: moreHits(AB), values: { hitRatio: 0.7 } }), between(65, 75), between(10, 20)],
  ['the same, read off', hitRatioRead('b'), ran({ expectation: moreHits(AB), values: { hitRatio: 0.7 } }), read(70), read(60)],
  [
    'the highest hit ratio',
    mostHits({ b: 'the second', a: 'the first' }),
    ran({ expectation: moreHits(AB), values: { hitRatio: 0.4, otherHitRatio: 0.6 } }),
    pick('a'),
    pick('b'),
  ],
  [
    'database CPU',
    databaseShareGuess('b'),
    ran({ expectation: databaseLoad({ ...AB, least: 0, most: 1 }), values: { ratio: 0.3 } }),
    between(0.2, 0.4),
    between(0.6, 0.8),
  ],
  ['stale answers', staleShareRead('b'), ran({ expectation: moreStale(AB), values: { share: 0.12 } }), read(12), read(2)],
  ['the time of a write', writeTimeRead('b'), ran({ expectation: slowerWrites(AB), values: { ms: 8.2 } }), read(8), read(3)],
  [
    'the time of a file',
    fileTimeGuess('west', 'b'),
    ran({ expectation: soonerFiles({ ...AB, region: 'west' }), values: { ms: 0.2, thanMs: 63 } }),
    between(0, 5),
    between(50, 70),
  ],
  [
    'bytes of the site',
    siteBytesGuess('b'),
    ran({ expectation: siteBytes({ ...AB, least: 0, most: 1 }), values: { ratio: 0.5 } }),
    between(0.4, 0.6),
    between(0.9, 1),
  ],
  [
    'the second answer of edges',
    edgeAnswered(1, 2),
    ran({
      expectation: edgesAnswer({ about: 'a file', asking: 1, from: ['miss', 'hit'] }),
      values: { edges: 2 },
      measured: 'miss, then hit',
    }),
    pick('hit'),
    pick('miss'),
  ],
  [
    'the load of a run',
    loadOfSplitRead(),
    ran({ expectation: splitsCpu({ phase: 'b', tier: 'server', least: 0.1 }), values: { webShare: 0.6, arrivalsPerS: 17.2 } }),
    read(17),
    read(34),
  ],
])('%s', (_about, question, shown, right, wrong) => {
  it('is right or not', () => {
    expect([outcome(question, right, shown), outcome(question, wrong, shown)]).toEqual(['right', 'differs']);
  });

  it('is not shown by an experiment that does not ask for it', () => {
    expect(outcome(question, right, other)).toBe('not-shown');
  });
});

it('edges that differ decide nothing', () => {
  const shown = {
    expectation: edgesAnswer({ about: 'a file', asking: 1, from: ['miss', 'hit'] }),
    values: { edges: 2 },
    measured: 'miss, then hit; hit, then hit',
  };
  expect(judge(edgeAnswered(1, 1), pick('miss'), ran(shown))).toMatchObject({
    outcome: 'not-shown',
    why: 'The edges differ: miss, then hit; hit, then hit.',
  });
  expect(outcome(edgeAnswered(1, 2), pick('hit'), ran(shown))).toBe('right');
});
