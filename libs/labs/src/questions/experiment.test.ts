import { describe, expect, it } from '@jest/globals';
import { between, judge, outcome, pick, read, UNSURE } from '../testing/judging.ts';
import { recordedExperiment } from '../testing/recorded.ts';
import {
  cpuShareGuess,
  cpuShareRead,
  dialled,
  downTime,
  failedRequests,
  failingWhileDown,
  ratioGuess,
  ratioRead,
  recoveryGuess,
  refusal,
} from './experiment.ts';
import { lostWrites, withoutWrites } from './lost-writes.ts';

describe('what an experiment shows', () => {
  const split = recordedExperiment('cpu-split-quick');
  const kill = recordedExperiment('kill-web-quick');
  const around = recordedExperiment('around-the-balancer-quick');
  const valueOf = (ran: typeof split, name: string, beside = name): number =>
    ran.outcome.results.find((one) => beside in one.values)?.values[name] ?? NaN;

  it('is how a CPU splits', () => {
    const share = 100 * valueOf(split, 'databaseShare');
    expect(outcome(cpuShareGuess('database'), between(share - 5, share + 5), split)).toBe('right');
    expect(outcome(cpuShareGuess('database'), between(share + 10, share + 20), split)).toBe('differs');
    expect(outcome(cpuShareRead('web'), read(Math.round(100 - share)), split)).toBe('right');
    expect(outcome(cpuShareRead('web'), read(Math.round(share)), split)).toBe('differs');
    expect(outcome(cpuShareRead('cache'), read(1), split)).toBe('not-shown');
  });

  it('is how many failed when a server died, and for how long', () => {
    const failed = valueOf(kill, 'failed', 'recoverMs');
    const seconds = valueOf(kill, 'recoverMs') / 1000;
    expect(outcome(failedRequests('balancer'), read(failed), kill)).toBe('right');
    expect(outcome(failedRequests('balancer'), read(failed + 1), kill)).toBe('differs');
    expect(outcome(recoveryGuess('balancer'), between(seconds, seconds + 1), kill)).toBe('right');
    expect(outcome(recoveryGuess('balancer'), between(seconds + 5, seconds + 9), kill)).toBe('differs');
  });

  it('is who is let in', () => {
    expect(outcome(dialled('private'), pick('refused'), around)).toBe('right');
    expect(outcome(dialled('private'), pick('connected'), around)).toBe('differs');
    expect(outcome(dialled('public'), pick('connected'), around)).toBe('right');
    // Half of them got through: neither answer is right.
    const half = { ...around.outcome.results[0], values: { right: 1, of: 2 } } as (typeof around.outcome.results)[number];
    const mixed = { ...around, outcome: { ...around.outcome, results: [half, ...around.outcome.results.slice(1)] } };
    expect(outcome(dialled('private'), pick('refused'), mixed)).toBe('not-shown');
  });

  it('is how much more a bigger host holds, and that there is a biggest one', () => {
    const bigger = recordedExperiment('vertical-against-horizontal-quick');
    const ratio = valueOf(bigger, 'ratio');
    const [big, small] = ['1 host of 4 lab CPUs', '1 host of 1 lab CPU'];
    expect(outcome(ratioGuess(big, small), between(ratio - 1, ratio + 1), bigger)).toBe('right');
    const low = valueOf(bigger, 'ratioLow');
    expect(low).toBeLessThan(ratio);
    expect(judge(ratioGuess(big, small), between(1, low + 0.1), bigger)).toMatchObject({
      outcome: 'right',
      note: expect.stringContaining('At its edge'),
    });
    expect(outcome(ratioGuess(big, small), between(1, low - 0.1), bigger)).toBe('differs');
    expect(outcome(ratioRead(big, small), read(Number(ratio.toFixed(1))), bigger)).toBe('right');
    expect(outcome(ratioRead(big, small), read(ratio + 1), bigger)).toBe('differs');
    // The quick form has no host of 2.
    expect(outcome(ratioRead('1 host of 2 lab CPUs', small), read(2), bigger)).toBe('not-shown');
    expect(outcome(refusal(), pick('refused'), bigger)).toBe('right');
    expect(outcome(refusal(), pick('done'), bigger)).toBe('differs');
  });

  it('is that everything fails while the one host is dead', () => {
    const dead = recordedExperiment('big-host-dies-quick');
    const seconds = valueOf(dead, 'downMs') / 1000;
    expect(outcome(failingWhileDown(), pick('all'), dead)).toBe('right');
    expect(outcome(failingWhileDown(), pick('some'), dead)).toBe('differs');
    expect(outcome(downTime(), read(Number(seconds.toFixed(1))), dead)).toBe('right');
    expect(outcome(downTime(), read(seconds + 1), dead)).toBe('differs');
  });

  it('is what the death of a replica, and of the primary, cost', () => {
    const [replica, primary] = [recordedExperiment('replica-dies-quick'), recordedExperiment('primary-dies-quick')];
    expect(valueOf(replica, 'failed', 'recoverMs')).toBe(0);
    expect(outcome(failedRequests('caller'), read(0), replica)).toBe('right');
    expect(outcome(failedRequests('caller'), read(1), replica)).toBe('differs');
    expect(outcome(recoveryGuess('caller'), between(0, 1), replica)).toBe('right');
    expect(outcome(recoveryGuess('caller'), between(5, 9), replica)).toBe('differs');

    const seconds = valueOf(primary, 'withoutMs') / 1000;
    expect(seconds).toBeGreaterThan(0.1);
    expect(outcome(withoutWrites(), between(0, seconds + 1), primary)).toBe('right');
    expect(outcome(withoutWrites(), between(seconds + 5, seconds + 60), primary)).toBe('differs');
    const lost = valueOf(primary, 'lost');
    expect(outcome(lostWrites(), read(lost), primary)).toBe('right');
    expect(outcome(lostWrites(), read(lost + 1), primary)).toBe('differs');
    expect(outcome(lostWrites(), UNSURE, primary)).toBe('unsure');
    for (const question of [withoutWrites(), lostWrites()]) expect(outcome(question, UNSURE, replica)).toBe('not-shown');
  });

  it('is not shown by an experiment that does not ask for it', () => {
    for (const question of [refusal(), failingWhileDown(), ratioGuess('a', 'b')]) {
      const answer = question.form.kind === 'range' ? between(1, 2) : pick('all');
      expect(outcome(question, answer, kill)).toBe('not-shown');
    }
  });
});
