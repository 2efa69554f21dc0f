import { milliseconds } from '../format.ts';
import { actionOf, count, hostNameOf, steadyOf, unseen, type Of } from './of.ts';
import type { Observed, ObservedRequest } from './observed.ts';
import type { ExpectationResult } from './outcome.ts';

/**
 * Failed requests belong to an action when they were under way or due in its window. Time to recover is from the action to
 * the end of the last of them.
 */
export function failuresWithin({ action, windowMs, marginMs }: Of<'failures-within'>, observed: Observed): ExpectationResult {
  const about = 'failed requests lie in the health check’s window';
  const expected = `all within ${count(windowMs + marginMs)} ms of the ${action} (${count(windowMs)} + ${marginMs})`;
  const done = actionOf(observed, action);
  if (done === null) return unseen(about, expected, `there was no ${action}`);
  const failed = observed.requests.filter((request) => request.failed);
  const outside = failed.filter((request) => request.endMs < done.beganMs || request.dueMs > done.endedMs + windowMs + marginMs);
  const lastMs = failed.length === 0 ? 0 : Math.max(...failed.map((request) => request.endMs)) - done.beganMs;
  const recovered = failed.length === 0 ? 'nobody noticed' : `back after ${count(Math.round(lastMs))} ms`;
  return {
    about,
    expected,
    measured: `${count(failed.length)} of ${count(observed.requests.length)} failed, ${count(outside.length)} of them outside; ${recovered}`,
    holds: outside.length === 0,
    details: outside
      .slice(0, 5)
      .map((request) => `failed ${count(Math.round(request.dueMs - done.beganMs))} ms after ${hostNameOf(done)}’s ${action}`),
    values: { failed: failed.length, requests: observed.requests.length, outside: outside.length, recoverMs: Math.max(0, lastMs) },
  };
}

export function noFailures({ phases }: Of<'no-failures'>, observed: Observed): ExpectationResult {
  const about = `no request fails: ${phases.join(', ')}`;
  const expected = '0 failed';
  const seen = observed.phases.filter((phase) => phases.includes(phase.name));
  if (seen.length < phases.length) return unseen(about, expected, 'a phase was not reached');
  const requests = seen.flatMap((phase) => {
    const due = dueWithin(observed.requests, phase.startMs, phase.endMs);
    const next = observed.phases[observed.phases.indexOf(phase) + 1];
    // What is under way when another phase begins meets that phase's actions: it says nothing of this one.
    return next === undefined || phases.includes(next.name) ? due : due.filter((request) => request.endMs < phase.endMs);
  });
  const failed = requests.filter((request) => request.failed);
  return {
    about,
    expected,
    measured: `${count(failed.length)} of ${count(requests.length)} requests failed`,
    holds: requests.length === 0 ? null : failed.length === 0,
    details: [],
    values: { failed: failed.length, requests: requests.length },
  };
}

/** Between two actions nothing is answered, and before the first everything was. */
export function downBetween({ from, until }: Of<'down-between'>, observed: Observed): ExpectationResult {
  const about = `the site is down from the ${from} until the ${until}`;
  const expected = 'every request fails, none did before';
  const began = actionOf(observed, from);
  const ended = actionOf(observed, until);
  if (began === null || ended === null) return unseen(about, expected, `there was no ${began === null ? from : until}`);
  const between = dueWithin(observed.requests, began.endedMs, ended.beganMs);
  const failed = between.filter((request) => request.failed).length;
  const before = observed.requests.filter((request) => request.endMs < began.beganMs);
  const failedBefore = before.filter((request) => request.failed).length;
  const downMs = ended.endedMs - began.beganMs;
  return {
    about,
    expected,
    measured: `${count(failed)} of ${count(between.length)} failed, ${count(failedBefore)} of ${count(before.length)} before; down ${(downMs / 1000).toFixed(1)} s`,
    holds: between.length === 0 || before.length === 0 ? null : failed === between.length && failedBefore === 0,
    details: [],
    values: { failed, requests: between.length, failedBefore, downMs },
  };
}

export function answersAgain({ phase }: Of<'answers-again'>, observed: Observed): ExpectationResult {
  const about = `everything is answered again: ${phase}`;
  const expected = '0 failed';
  const steady = steadyOf(observed, phase);
  if (steady === null || steady.requests === 0) return unseen(about, expected, 'nothing was measured in it');
  const { quantile } = observed.slo;
  const speed = steady.quantileMs === null ? '' : `; p${quantile * 100} ${milliseconds(steady.quantileMs)} ms`;
  return {
    about,
    expected,
    measured: `${count(steady.failed)} of ${count(steady.requests)} requests failed${speed}`,
    holds: steady.failed === 0,
    details: [],
    values: { quantileMs: steady.quantileMs, failed: steady.failed, requests: steady.requests },
  };
}

function dueWithin(requests: readonly ObservedRequest[], startMs: number, endMs: number): ObservedRequest[] {
  return requests.filter((request) => request.dueMs > startMs && request.dueMs < endMs);
}
