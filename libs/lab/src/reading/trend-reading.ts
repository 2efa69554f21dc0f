import { changePoints, compareArms, estimateArm, LEAST_VALUES, pooledSpread, usualCost } from '@loadstair/analysis';
import { differences, judgeRuns, type RunStore } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import type { TrendAnswer } from '@loadstair/lab-api';
import { thisMachine } from '../machine.ts';
import { knownRuns } from './known-runs.ts';
import { isUsable, openNewest, type EndedRun } from './stage-runs.ts';

/** Newest runs that a trend is told from. */
const MOST_RUNS = 60;

export interface TrendQuery {
  readonly stage: number;
  readonly profile: string;
}

/**
 * Capacity of a stage, unchanged by `--set`, over its runs. Those that differ from the newest in more than their topology (SLO, burners,
 * way of measuring) are left out and counted. What a set of runs said is computed once.
 *
 * @param machine the one that runs must have been measured on
 */
export function trendReading(
  store: RunStore,
  machine: { readonly cores: number; readonly model: string } = thisMachine(),
): (query: TrendQuery) => TrendAnswer {
  const runs = knownRuns(store);
  const kept = new Map<string, { readonly runs: string; readonly answer: TrendAnswer }>();
  return (query) => {
    const listed = runs()
      .filter(isUsable)
      .filter(isTrendOf(query.stage, query.profile, machine));
    // The names that people give to runs stand in the answer too.
    const now = JSON.stringify(listed.map(({ id, label }) => [id, label.name]));
    const key = `${query.stage} ${query.profile}`;
    const last = kept.get(key);
    if (last?.runs === now) return last.answer;
    const answer = trendOf(store, query, listed);
    // Anybody may ask for any profile: what has no runs is not kept.
    if (listed.length > 0) kept.set(key, { runs: now, answer });
    return answer;
  };
}

function trendOf(store: RunStore, { stage, profile }: TrendQuery, listed: readonly EndedRun[]): TrendAnswer {
  const { slug } = stageByNumber(stage).topology;
  const names = new Map(listed.map(({ id, label }) => [id, label.name]));
  const opened = openNewest(store, listed, MOST_RUNS);
  const [newest] = opened;
  const alike = newest === undefined ? [] : opened.filter((run) => differences([newest, run]).length === 0).toReversed();
  const judged = judgeRuns(alike, usualCost(alike.map(({ runData }) => runData)));
  const used = judged.flatMap((one) => (one.kind === 'used' ? [{ run: one.run, arm: one.arm }] : []));
  const points = used.map(({ run, arm }, index) => ({
    run: run.id,
    at: run.manifest.startedAt,
    load: arm.capacity,
    interval: arm.interval,
    limitedBy: arm.limitedBy,
    name: names.get(run.id) ?? '',
    topologyChanged: index > 0 && used[index - 1]?.run.manifest.topologyHash !== run.manifest.topologyHash,
  }));
  const loads = points.map(({ load }) => load);
  const found = changePoints(loads.map(Math.log));
  const parts = partsOf(loads, found);
  const spread = pooledSpread(parts);
  return {
    stage,
    slug,
    profile,
    points,
    changes: found.map(({ at, p }, index) => {
      const { ratio, interval } = compareArms(parts[index] ?? [], parts[index + 1] ?? [], spread);
      return { at, p, ratio, interval };
    }),
    levels: loads.length === 0 ? [] : parts.map((part) => estimateArm(part, spread).load),
    left: [
      ...leftWords(opened.length - alike.length, 'measured in another way, or under another SLO'),
      ...judged.flatMap((one) => (one.kind === 'left' ? [`${one.run.id}: ${one.reason}`] : [])),
      ...leftWords(listed.length - opened.length, `older, or damaged: the newest ${MOST_RUNS} are shown`),
    ],
    needs: LEAST_VALUES,
  };
}

function isTrendOf(
  stage: number,
  profile: string,
  { cores, model }: { readonly cores: number; readonly model: string },
): (run: EndedRun) => boolean {
  return ({ manifest }) =>
    manifest.stage === stage &&
    manifest.profile === profile &&
    manifest.set.length === 0 &&
    manifest.machine.cores === cores &&
    manifest.machine.model === model;
}

function partsOf(loads: readonly number[], changes: readonly { readonly at: number }[]): number[][] {
  const starts = [0, ...changes.map(({ at }) => at)];
  return starts.map((from, index) => loads.slice(from, starts[index + 1] ?? loads.length));
}

function leftWords(count: number, why: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'run' : 'runs'} ${why}`];
}
