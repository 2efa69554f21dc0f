export { above, allHold, atLeast, atMost, between, type Bound, type Held } from './bound.ts';
export { expectationFrom, expectationKinds } from './catalogue.ts';
export {
  defineExpectation,
  unseen,
  type AnyExpectation,
  type Expectation,
  type ExpectationDefinition,
  type Unseen,
} from './expectation.ts';
export { CACHE_HITS, DATABASE_CPU, EDGE_HITS, SITE_BYTES, STALE_ANSWERS, WRITE_MEDIAN, type Curve, type CurveLine } from './curve.ts';
export { expectationsOf, phasesOf, type ByForm, type Experiment, type Phase } from './experiment.ts';
export { answersAgain } from './expectations/answers-again.ts';
export { cacheAtFault } from './expectations/cache-at-fault.ts';
export { cacheShares } from './expectations/cache-shares.ts';
export { capacityRatio } from './expectations/capacity-ratio.ts';
export { cheaperArrival } from './expectations/cheaper-arrival.ts';
export { splitsCpu } from './expectations/cpu-split.ts';
export { databaseCapacity } from './expectations/database-capacity.ts';
export { databaseLoad } from './expectations/database-load.ts';
export { databaseSpike } from './expectations/database-spike.ts';
export { dialled } from './expectations/dialled.ts';
export { dividesWork } from './expectations/divided-work.ts';
export { downBetween } from './expectations/down-between.ts';
export { edgeHits } from './expectations/edge-hits.ts';
export { edgesAnswer } from './expectations/edges-answer.ts';
export { spreadsEvenly } from './expectations/even-spread.ts';
export { failuresWithin } from './expectations/failures-within.ts';
export { fewerHitsAtOnce } from './expectations/fewer-hits-at-once.ts';
export { fellBack } from './expectations/fell-back.ts';
export { hitRatio } from './expectations/hit-ratio.ts';
export { longestWait } from './expectations/longest-wait.ts';
export { lostForGood } from './expectations/lost-for-good.ts';
export { lostWrites } from './expectations/lost-writes.ts';
export { moreEdgeHits } from './expectations/more-edge-hits.ts';
export { moreHits } from './expectations/more-hits.ts';
export { moreStale } from './expectations/more-stale.ts';
export { movedAway } from './expectations/moved-away.ts';
export { noFailures } from './expectations/no-failures.ts';
export { nothingAnswered } from './expectations/nothing-answered.ts';
export { predictedLosses } from './expectations/predicted-losses.ts';
export { refuses } from './expectations/refuses.ts';
export { replicaLag } from './expectations/replica-lag.ts';
export { restoredWrites } from './expectations/restored-writes.ts';
export { siteBytes } from './expectations/site-bytes.ts';
export { siteCapacity } from './expectations/site-capacity.ts';
export { slowerWrites } from './expectations/slower-writes.ts';
export { soonerFiles } from './expectations/sooner-files.ts';
export { staleReads } from './expectations/stale-reads.ts';
export { trafficPrice } from './expectations/traffic-price.ts';
export { waitingWrites } from './expectations/waiting-writes.ts';
export { wholeAgain } from './expectations/whole-again.ts';
export { writesResume } from './expectations/writes-resume.ts';
export { judge } from './judge.ts';
export { actionOf, performedOf, resultsOf, steadyOf } from './reading.ts';
export type { AtOnce, Observed, ObservedAction, ObservedHost, ObservedPhase, ObservedRequest, Steady } from './observed.ts';
export {
  outcomeSentence,
  type ExpectationResult,
  type ExperimentOutcome,
  type OutcomeCurve,
  type OutcomeTable,
  type OutcomeTimeline,
  type TimelineMark,
  type TimelinePhase,
} from './outcome.ts';
export { timelineOf } from './timeline.ts';
