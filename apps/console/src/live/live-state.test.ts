import { describe, expect, it } from '@jest/globals';
import type { RunEvent } from '@loadstair/runs';
import { advance, NOTHING_YET, type LiveState } from '@loadstair/runs/live-state';
import { closestWords, endWords, failureWords, spokenWords, stepWords } from './live-words.ts';

const after = (...events: RunEvent[]): LiveState => events.reduce(advance, NOTHING_YET);
const use = [{ host: 'db-1', kind: 'cpu', busy: 0.65, limit: 0.1 }] as const;
const begun: RunEvent = { type: 'step-started', atMs: 1000, step: 6, of: 9, kind: 'load', offered: 24.4, holdS: 21 };
const live = (atMs: number, achievedPerS = 24.3): RunEvent => ({
  type: 'live',
  atMs,
  step: 6,
  elapsedS: 10,
  startedPerS: 24.4,
  achievedPerS,
  lateP99Ms: 3,
  dropped: 0,
  closest: [{ label: 'db-1 CPU', busy: 0.65 }],
  use,
  latency: { p50Ms: 22, p95Ms: 61, requests: 212 },
  verdictInS: 95,
});
const ended = (step: number, holds: boolean): RunEvent => ({
  type: 'step',
  atMs: 9000,
  step,
  kind: 'load',
  offered: 24.4,
  achieved: 24.3,
  p95Ms: holds ? 61 : 812,
  failedShare: 0,
  failed: 0,
  holds,
  closest: null,
  projected: [{ host: 'db-1', kind: 'cpu', load: 36, interval: [31, 43] }],
});

describe('a live run', () => {
  it('keeps what was offered beside what came back', () => {
    expect(after(begun, live(2000)).points).toEqual([{ atMs: 2000, offered: 24.4, achieved: 24.3, p50Ms: 22, p95Ms: 61 }]);
  });

  it('keeps ten minutes of points, the newest', () => {
    const { points } = after(begun, ...Array.from({ length: 700 }, (_, second) => live(second * 1000, second)));
    expect({ count: points.length, first: points[0]?.achieved, last: points.at(-1)?.achieved }).toEqual({
      count: 600,
      first: 100,
      last: 699,
    });
  });

  it('keeps the use of each limit at the end of a step', () => {
    expect(after(begun, live(2000), ended(6, true)).steps[0]?.use).toEqual(use);
  });

  it('notes what befell a host, not that it came up', () => {
    const state = after(
      { type: 'host', atMs: 1, host: 'web-1', kind: 'up', detail: '' },
      { type: 'host', atMs: 2, host: 'web-1', kind: 'killed', detail: 'asked for' },
    );
    expect(state.notes.map(({ text }) => text)).toEqual(['web-1 killed asked for']);
    expect(state.hosts.get('web-1')).toEqual({ kind: 'killed', sinceMs: 2 });
  });
});

describe('its words', () => {
  it('say where it stands', () => {
    expect(stepWords(after(begun, live(2000)))).toBe('step 6 of 9 · 24.4/s offered · 11 s left in step · verdict in ~1:35');
  });

  it('say closest, never limits, before the end', () => {
    expect(closestWords(after(begun, live(2000)))).toBe('So far nothing has run out. Closest: db-1 CPU, 65 % busy.');
    expect(closestWords(after(begun, ended(5, true), live(2000)))).toBe(
      'So far nothing has run out. Closest: db-1 CPU, 65 % busy, would run out at ≈ 36.0/s (31.0–43.0).',
    );
    expect(closestWords(after(begun, ended(5, true), live(2000), ended(6, false)))).toBe(
      'Over the SLO since step 6. Leading: db-1 CPU, 65 % busy. The final verdict comes after the step back.',
    );
  });

  it('are spoken of what happens, never of numbers that tick', () => {
    const going = after(begun, live(2000), ended(6, false));
    expect(spokenWords(going)).toBe('Step 6 of 9 began. Step 6 was over the SLO.');
    expect(spokenWords(advance(going, live(3000, 20)))).toBe(spokenWords(going));
  });

  it('say why requests fail now, and afterwards why they did', () => {
    const refused = [{ kind: 'refused', status: null, host: null, requests: 7 }] as const;
    const failing = after(begun, { ...live(2000), failures: refused } as RunEvent);
    expect(failureWords(failing)).toBe('Failing now: 7 had the connection refused.');
    const over = advance(failing, { ...ended(6, false), failures: refused } as RunEvent);
    expect(failureWords(advance(over, live(3000)))).toBe('Failed in step 6: 7 had the connection refused.');
    expect(failureWords(after(begun, live(2000)))).toBeNull();
  });

  it('say how a run ended', () => {
    const problem = { what: 'web-1 did not start.', why: 'it was killed', do: './lab doctor', code: 'E_HOST', exit: 1 };
    const failed = after(begun, live(2000), { type: 'failed', atMs: 1, problem });
    expect(spokenWords(failed)).toBe('web-1 did not start.');
    expect(failed.end === null ? '' : endWords(failed.end)).toBe('web-1 did not start.');
  });

  it('promise numbers before there are any', () => {
    expect(closestWords(NOTHING_YET)).toBe('The first numbers come when load begins.');
  });
});
