import { expect, it } from '@jest/globals';
import type { RunData } from '@loadstair/analysis';
import type { ExperimentOutcome, OutcomeTimeline } from '@loadstair/experiments';
import type { Manifest } from '../manifest.ts';
import { smallManifest, smallRunData } from '../testing/small-run.ts';
import { renderExperiment } from './experiment-report.ts';

const MOST_BYTES = 1.5e6;
const MOST_SLICES = 600;

const manifest: Manifest = {
  ...smallManifest,
  run: 'k3f9',
  experiment: 'kill-web',
  quick: true,
  command: './lab experiment kill-web --quick',
  startedAt: '2026-12-01T00:00:00.000Z',
};
const runData: RunData = { ...smallRunData, run: 'k3f9', stage: { number: 3, slug: 'kill-web' }, ended: 'finished' };
const slices = (count: number): OutcomeTimeline => {
  const each = <Value>(value: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => value(index));
  return {
    startMs: 1_764_547_200_000,
    sliceS: 1,
    requests: each(() => 120),
    failed: each((index) => index % 7),
    completed: each(() => 30),
    medianMs: each((index) => 10.1 + index),
    quantileMs: each((index) => 100.1 + index),
    phases: [{ name: '<script>alert(1)</script>', startMs: 1_764_547_200_000, endMs: 1_764_547_200_000 + 1000 * count, offered: 30 }],
    marks: [{ action: 'power-loss', text: 'web-1 lost power', beganMs: 1_764_547_203_000, endedMs: 1_764_547_203_100 }],
  };
};
const outcome = (timeline?: OutcomeTimeline): ExperimentOutcome => ({
  schema: 1,
  experiment: 'kill-web',
  stage: 3,
  title: 'A web server loses power under load',
  quick: true,
  kind: 'held',
  results: [
    { about: 'failed requests', expected: 'within 3 s', measured: '3 of 1,204 failed', holds: true, details: ['after 12 ms'], values: {} },
  ],
  checks: [],
  table: null,
  ...(timeline === undefined ? {} : { timeline }),
});
const report = (timeline?: OutcomeTimeline): string => renderExperiment({ manifest, runData, outcome: outcome(timeline), events: [] });

it('says first what the experiment came to, then draws it over time with what was done', () => {
  const html = report(slices(20));
  expect(html.indexOf('kill-web: 1 of 1 expectations hold.')).toBeLessThan(html.indexOf('<svg'));
  expect(html).toContain('⚑ 1 web-1 lost power');
  expect(html).toContain('Repeat it with <code>./lab experiment kill-web --quick</code>');
});

it('opens without a network, and runs nothing', () => {
  const html = report(slices(20));
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<link|src=|url\(http/);
});

it('is no larger than a page may be, however long the experiment', () => {
  expect(Buffer.byteLength(report(slices(MOST_SLICES)))).toBeLessThan(MOST_BYTES);
});

it('says that an earlier outcome has nothing over time', () => {
  expect(report()).not.toContain('<svg');
  expect(report()).toContain('Nothing is drawn over time');
});
