import { actionOf, unseen, type Of } from './of.ts';
import type { Observed } from './observed.ts';
import type { ExpectationResult } from './outcome.ts';

/** The lab says no, and why. */
export function refuses({ action }: Of<'refuses'>, observed: Observed): ExpectationResult {
  const about = 'the next doubling is refused';
  const expected = 'an error that says what is allowed';
  const refusal = observed.actions.find((one) => one.action.do === action && one.result.kind === 'refused')?.result;
  const asked = actionOf(observed, action);
  if (asked === null) return unseen(about, expected, `nothing asked for it`);
  if (refusal?.kind !== 'refused') return { about, expected, measured: 'it was done', holds: false, details: [], values: {} };
  return { about, expected, measured: refusal.what, holds: refusal.why !== '', details: [refusal.why], values: {} };
}

export function sameAnswers(observed: Observed): ExpectationResult {
  const about = 'both reads answer the same';
  const expected = 'equal to the byte';
  const result = actionOf(observed, 'compare-answers')?.result;
  if (result?.kind !== 'compared') return unseen(about, expected, 'nothing was compared');
  return {
    about,
    expected,
    measured: `${result.equal} of ${result.of} users`,
    holds: result.of > 0 && result.equal === result.of,
    details: [],
    values: { equal: result.equal, of: result.of },
  };
}

export function dialled({ to, answer }: Of<'dialled'>, observed: Observed): ExpectationResult {
  const about = to === 'public' ? 'a client reaches the public edge' : 'a client is kept out of private web servers';
  const expected = answer === 'refused' ? 'the connection is refused' : 'it is connected and gets an answer';
  const dials = observed.actions.flatMap(({ action, result }) =>
    action.do === 'dial' && result.kind === 'dialled' && (action.to === 'public') === (to === 'public') ? result.dials : [],
  );
  if (dials.length === 0) return unseen(about, expected, 'nobody was dialled');
  const right = dials.filter((dial) => dial.answer === answer).length;
  return {
    about,
    expected,
    measured: `${right} of ${dials.length} ${answer}`,
    holds: right === dials.length,
    details: dials.map((dial) => `${dial.host} at ${dial.address}: ${dial.answer}`),
    values: { right, of: dials.length },
  };
}
