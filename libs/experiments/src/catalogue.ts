import { z } from 'zod';
import type { AnyExpectation, Expectation } from './expectation.ts';
import { answersAgain } from './expectations/answers-again.ts';
import { cacheAtFault } from './expectations/cache-at-fault.ts';
import { cacheShares } from './expectations/cache-shares.ts';
import { capacityRatio } from './expectations/capacity-ratio.ts';
import { cheaperArrival } from './expectations/cheaper-arrival.ts';
import { splitsCpu } from './expectations/cpu-split.ts';
import { databaseCapacity } from './expectations/database-capacity.ts';
import { databaseLoad } from './expectations/database-load.ts';
import { databaseSpike } from './expectations/database-spike.ts';
import { dialled } from './expectations/dialled.ts';
import { dividesWork } from './expectations/divided-work.ts';
import { downBetween } from './expectations/down-between.ts';
import { edgeHits } from './expectations/edge-hits.ts';
import { edgesAnswer } from './expectations/edges-answer.ts';
import { spreadsEvenly } from './expectations/even-spread.ts';
import { failuresWithin } from './expectations/failures-within.ts';
import { fewerHitsAtOnce } from './expectations/fewer-hits-at-once.ts';
import { fellBack } from './expectations/fell-back.ts';
import { hitRatio } from './expectations/hit-ratio.ts';
import { longestWait } from './expectations/longest-wait.ts';
import { lostForGood } from './expectations/lost-for-good.ts';
import { lostWrites } from './expectations/lost-writes.ts';
import { moreEdgeHits } from './expectations/more-edge-hits.ts';
import { moreHits } from './expectations/more-hits.ts';
import { moreStale } from './expectations/more-stale.ts';
import { movedAway } from './expectations/moved-away.ts';
import { noFailures } from './expectations/no-failures.ts';
import { nothingAnswered } from './expectations/nothing-answered.ts';
import { predictedLosses } from './expectations/predicted-losses.ts';
import { refuses } from './expectations/refuses.ts';
import { replicaLag } from './expectations/replica-lag.ts';
import { restoredWrites } from './expectations/restored-writes.ts';
import { siteBytes } from './expectations/site-bytes.ts';
import { siteCapacity } from './expectations/site-capacity.ts';
import { slowerWrites } from './expectations/slower-writes.ts';
import { soonerFiles } from './expectations/sooner-files.ts';
import { staleReads } from './expectations/stale-reads.ts';
import { trafficPrice } from './expectations/traffic-price.ts';
import { waitingWrites } from './expectations/waiting-writes.ts';
import { wholeAgain } from './expectations/whole-again.ts';
import { writesResume } from './expectations/writes-resume.ts';

/** Every kind of expectation there is here; a stage may define more for its own experiments. */
export const expectationKinds: readonly AnyExpectation[] = [
  answersAgain,
  cacheAtFault,
  cacheShares,
  capacityRatio,
  cheaperArrival,
  splitsCpu,
  databaseCapacity,
  databaseLoad,
  databaseSpike,
  dialled,
  dividesWork,
  downBetween,
  edgeHits,
  edgesAnswer,
  spreadsEvenly,
  failuresWithin,
  fellBack,
  fewerHitsAtOnce,
  hitRatio,
  longestWait,
  lostForGood,
  lostWrites,
  moreEdgeHits,
  moreHits,
  moreStale,
  movedAway,
  noFailures,
  nothingAnswered,
  predictedLosses,
  refuses,
  replicaLag,
  restoredWrites,
  siteBytes,
  siteCapacity,
  slowerWrites,
  soonerFiles,
  staleReads,
  trafficPrice,
  waitingWrites,
  wholeAgain,
  writesResume,
];

const KINDS: ReadonlyMap<string, AnyExpectation> = new Map(expectationKinds.map((definition) => [definition.kind, definition]));

/**
 * An expectation from plain data: `{ kind, …input }`, as it is stored.
 *
 * @throws ZodError when the kind is unknown or its input is wrong
 */
export function expectationFrom(plain: unknown): Expectation {
  const { kind, ...input } = z.looseObject({ kind: z.enum([...KINDS.keys()]) }).parse(plain);
  return (KINDS.get(kind) as AnyExpectation).from(input);
}
