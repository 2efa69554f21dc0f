import type { GateCheck } from '../verdict.ts';
import { cacheAtFault, cacheTable, databaseLoad, databaseSpike, hitRatio, moreHits, moreStale, staleReads } from './cache.ts';
import { cheaperArrival, cpuSplit } from './cpu.ts';
import { capacityRatio, capacityTable, noDearer } from './capacity.ts';
import { dialled, refuses, sameAnswers } from './answers.ts';
import { expectationsOf, type Expectation, type Experiment } from './experiment.ts';
import { edgeHits, edgesAnswer, edgeTable, fellBack, moreEdgeHits, siteBytes, soonerFiles, trafficPrice } from './edges.ts';
import { answersAgain, downBetween, failuresWithin, noFailures } from './failures.ts';
import type { Observed } from './observed.ts';
import type { ExpectationResult, ExperimentOutcome } from './outcome.ts';
import { evenSpread, movedAway } from './spread.ts';
import { lostWrites, restoredWrites, slowerWrites, writesResume, writesTable } from './writes.ts';

/**
 * Every expectation of an experiment against what was seen. Pure: equal data, equal outcome.
 *
 * @param checks of the validity gate; one with `refuse` makes the outcome `refused`, whatever was measured
 */
export function judge(experiment: Experiment, quick: boolean, observed: Observed, checks: readonly GateCheck[]): ExperimentOutcome {
  const results = expectationsOf(experiment, quick).map((one) => judgeOne(one, observed));
  const failed = checks.filter((check) => check.outcome === 'refuse');
  const unseen = results.some((result) => result.holds === null);
  return {
    schema: 1,
    experiment: experiment.name,
    stage: experiment.stage,
    title: experiment.title,
    quick,
    kind: failed.length > 0 || unseen ? 'refused' : results.every((result) => result.holds === true) ? 'held' : 'not-held',
    results,
    checks: failed,
    table:
      capacityTable(experiment, observed) ??
      writesTable(experiment, observed) ??
      edgeTable(experiment, observed) ??
      cacheTable(experiment, observed),
  };
}

function judgeOne(expectation: Expectation, observed: Observed): ExpectationResult {
  switch (expectation.kind) {
    case 'cpu-split':
      return cpuSplit(expectation, observed);
    case 'even-spread':
      return evenSpread(expectation, observed);
    case 'moved-away':
      return movedAway(expectation, observed);
    case 'failures-within':
      return failuresWithin(expectation, observed);
    case 'no-failures':
      return noFailures(expectation, observed);
    case 'down-between':
      return downBetween(expectation, observed);
    case 'answers-again':
      return answersAgain(expectation, observed);
    case 'refuses':
      return refuses(expectation, observed);
    case 'capacity-ratio':
      return capacityRatio(expectation, observed);
    case 'no-dearer':
      return noDearer(expectation, observed);
    case 'cheaper-arrival':
      return cheaperArrival(expectation, observed);
    case 'slower-writes':
      return slowerWrites(expectation, observed);
    case 'writes-resume':
      return writesResume(expectation, observed);
    case 'lost-writes':
      return lostWrites(expectation, observed);
    case 'restored-writes':
      return restoredWrites(observed);
    case 'hit-ratio':
      return hitRatio(expectation, observed);
    case 'more-hits':
      return moreHits(expectation, observed);
    case 'database-load':
      return databaseLoad(expectation, observed);
    case 'database-spike':
      return databaseSpike(expectation, observed);
    case 'stale-reads':
      return staleReads(expectation, observed);
    case 'more-stale':
      return moreStale(expectation, observed);
    case 'cache-at-fault':
      return cacheAtFault(expectation, observed);
    case 'edge-hits':
      return edgeHits(expectation, observed);
    case 'more-edge-hits':
      return moreEdgeHits(expectation, observed);
    case 'sooner-files':
      return soonerFiles(expectation, observed);
    case 'site-bytes':
      return siteBytes(expectation, observed);
    case 'traffic-price':
      return trafficPrice(expectation, observed);
    case 'fell-back':
      return fellBack(expectation, observed);
    case 'edges-answer':
      return edgesAnswer(expectation, observed);
    case 'same-answers':
      return sameAnswers(observed);
    case 'dialled':
      return dialled(expectation, observed);
  }
}
