import { capacityOf } from './capacity.ts';
import { rate } from '@loadstair/resources';
import { resourceName } from './format.ts';
import { usualCost, type UsualCost } from './machine-speed.ts';
import { findOnset, loadSteps } from './onset.ts';
import type { RunData } from './run-data.ts';
import type { Interval, NamedResource } from './verdict.ts';

/** A resource that got more, and where the site then stopped holding its SLO. */
export interface RelaxedRun {
  readonly resource: Pick<NamedResource, 'tier' | 'hosts' | 'resource'>;
  /** What it had ÷ what it had before. */
  readonly factor: number;
  readonly run: string;
  /** Onset, arrivals/s; null when nothing failed up to `highest`. */
  readonly load: number | null;
  readonly interval: Interval;
  /** Highest load offered. */
  readonly highest: number;
}

export interface Confirmation {
  readonly kind: 'confirmed' | 'inferred' | 'contradicted';
  /** Onset before, arrivals/s. */
  readonly before: number;
  /** Confirmations before December 2026 have none. */
  readonly beforeInterval?: Interval;
  readonly named: Judged;
  readonly runnerUp: Judged | null;
}

export interface Judged extends RelaxedRun {
  /** Where the onset should be if this resource limits: as much higher as the resource grew, or up to the next limit. */
  readonly predicted: number;
  /** Logarithm of the move ÷ that of the predicted one: 0 is none, 1 is as predicted. */
  readonly moved: number;
}

/** A short run in which one resource had so many times as much. */
export interface Relaxed {
  readonly resource: RelaxedRun['resource'];
  readonly factor: number;
  readonly run: RunData;
}

/**
 * What two short runs prove of a verdict. All loads are read at the speed the machine had in the three runs together: a slow
 * spell must not look like a limit that stayed.
 *
 * @param before the run that named a resource
 * @param headroom λ* of the runner-up ÷ λ* of the named one; null when nothing else is in sight
 */
export function confirmationOf(before: RunData, named: Relaxed, runnerUp: Relaxed | null, headroom: number | null): Confirmation {
  const usual = usualCost([before, named.run, ...(runnerUp === null ? [] : [runnerUp.run])]);
  return {
    ...confirm(onsetLoad(before, usual), read(named, usual), runnerUp === null ? null : read(runnerUp, usual), headroom),
    beforeInterval: onsetInterval(before, usual),
  };
}

/** Where a climb stops holding its SLO, read as capacity is; the onset's own place, or the highest load, where that cannot be told. */
export function onsetLoad(run: RunData, usual: UsualCost | null = usualCost([run])): number {
  return capacityOf(run, usual)?.load ?? findOnset(run)?.load ?? highestLoad(run);
}

function read({ resource, factor, run }: Relaxed, usual: UsualCost | null): RelaxedRun {
  return {
    resource,
    factor,
    run: run.run,
    load: findOnset(run) === null ? null : onsetLoad(run, usual),
    interval: onsetInterval(run, usual),
    highest: highestLoad(run),
  };
}

function onsetInterval(run: RunData, usual: UsualCost | null): Interval {
  return capacityOf(run, usual)?.interval ?? findOnset(run)?.between ?? [0, onsetLoad(run, usual)];
}

function highestLoad(run: RunData): number {
  return Math.max(...loadSteps(run).map((step) => step.offered));
}

/** The onset must come this far of the way (methods.md §2.3.7), and for another resource must stay below it. */
const MOVED = 0.5;
/** Below this it did not move: noise of one short run (onset CV 8 %, calibration.md Q3) is a quarter of a 30 % move. */
const STAYED = 0.3;

/**
 * Whether the limit moved with the named resource and not with the runner-up: confirmed. Contradicted: it did not move with
 * the named one, or moved only with the other. Inferred: the runs cannot tell. Pure.
 *
 * @param before onset of the run that named it, arrivals/s
 * @param headroom λ* of the runner-up ÷ λ* of the named one; null when nothing else is in sight
 */
export function confirm(before: number, named: RelaxedRun, runnerUp: RelaxedRun | null, headroom: number | null): Confirmation {
  const first = judge(before, named, Math.min(named.factor, headroom ?? named.factor));
  // If the runner-up were the limit, all it got would show.
  const second = runnerUp === null ? null : judge(before, runnerUp, runnerUp.factor);
  const stayed = second === null || second.moved < MOVED;
  const kind =
    first.moved < STAYED || (!stayed && first.moved < MOVED) ? 'contradicted' : first.moved >= MOVED && stayed ? 'confirmed' : 'inferred';
  return { kind, before, named: first, runnerUp: second };
}

function judge(before: number, run: RelaxedRun, factor: number): Judged {
  // A headroom of hardly more than 1 would make any noise look like a move.
  const by = Math.max(1.1, factor);
  return { ...run, predicted: before * by, moved: Math.log((run.load ?? run.highest) / before) / Math.log(by) };
}

/** One row a relaxed resource, as people read it. */
export function confirmationRows(confirmation: Confirmation): string[] {
  const row = (judged: Judged, wanted: 'move' | 'stay'): string => {
    const more = `with ${Math.round((judged.factor - 1) * 100)} % more ${resourceName(judged.resource)}`;
    const where =
      judged.load === null
        ? `the SLO was met up to ${rate(judged.highest)}/s`
        : `${rate(judged.load)}/s (${rate(judged.interval[0])}–${rate(judged.interval[1])})`;
    if (judged.moved < MOVED) return `${more} it stayed: ${where}${wanted === 'move' ? `, predicted ${rate(judged.predicted)}` : ''}`;
    return judged.load === null
      ? `${more} ${where}`
      : `${more} the limit moved to ${where}${wanted === 'move' ? `, predicted ${rate(judged.predicted)}` : ''}`;
  };
  return [row(confirmation.named, 'move'), ...(confirmation.runnerUp === null ? [] : [row(confirmation.runnerUp, 'stay')])];
}
