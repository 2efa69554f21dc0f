import { expect, it } from '@jest/globals';
import { momentWords, stepName, type ReplayedSecond } from './moment-words.ts';

const now: ReplayedSecond['now'] = { achievedPerS: 24.3, dropped: 0, lateP99Ms: 3, latency: { p50Ms: 22, p95Ms: 61 }, use: [] };
const step = { step: 6, of: 9, kind: 'load', offered: 24.4 } as const;
const hosts = new Map();

it('says where the run stood, and what was measured then', () => {
  expect(momentWords({ step, now, hosts })).toBe(
    'step 6 of 9 · 24.4/s offered · 24.3/s achieved · p95 61 ms · p50 22 ms · late p99 3.0 ms · dropped 0',
  );
});

it('says no latency where no request had ended, and nothing before the first reading', () => {
  expect(momentWords({ step, now: { ...now, latency: null }, hosts })).not.toContain('p95');
  expect(momentWords({ step, now: null, hosts })).toBe('before the first reading');
  expect(momentWords({ step: { ...step, kind: 'idle' }, now, hosts })).toBe('idle: no load yet');
});

it('names a step back and a trial for what they are', () => {
  expect(stepName({ ...step, kind: 'back' })).toBe('step back');
  expect(stepName({ ...step, kind: 'trial' })).toBe('trial 6');
});
