import { describe, expect, it } from '@jest/globals';
import { diagnose } from './diagnose.ts';
import { failuresText } from './failures.ts';
import type { FailedRequests, RunData } from './run-data.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const run = buildRun({
  stage: 2,
  tiers: [
    { name: 'web', hosts: 1, cpuMs: 1.1, cores: 0.1 },
    { name: 'db', hosts: 1, cpuMs: 0.5, cores: 0.1 },
  ],
  links: [['web', 'db']],
  loads: [40, 55, 70, 82, 96, 110],
});
const FAILURES: readonly FailedRequests[] = [
  { kind: 'status', status: 503, host: null, requests: 60 },
  { kind: 'status', status: 500, host: 'web-1', requests: 30 },
  { kind: 'timed-out', status: null, host: null, requests: 10 },
];
const failing: RunData = {
  ...run,
  steps: run.steps.map((step) => (step.offered === 96 ? { ...step, load: { ...step.load, failed: 100, failures: FAILURES } } : step)),
};

describe('why requests failed', () => {
  it('is said with the verdict, by kind and host', () => {
    expect(verdictLines(diagnose(failing), failing).join('\n')).toMatch(
      /failed +100 of [\d,]+ requests failed in step 5 \([\d.]+ %\): 60 answered 503 without the name of a server; 30 answered 500 by web-1; 10 timed out/,
    );
  });

  it('tells answers of a balancer that had no server from those of a server', () => {
    const load = { ...(run.steps[1] as RunData['steps'][number]).load, failed: 60, requests: 600 };
    const failures: readonly FailedRequests[] = [
      { kind: 'no-server', status: null, host: 'lb-1', requests: 50 },
      { kind: 'status', status: 502, host: 'lb-1', requests: 6 },
      { kind: 'status', status: 503, host: 'web-1', requests: 4 },
    ];
    expect(failuresText({ index: 2, load: { ...load, failures } })).toMatch(
      /: 50 found no server in service at lb-1; 6 answered 502 by lb-1; 4 answered 503 by web-1$/,
    );
  });

  it('is said with what a database refused to the pools', () => {
    const refusing: RunData = {
      ...failing,
      steps: failing.steps.map((step) => ({
        ...step,
        use: [
          ...step.use,
          { kind: 'pool', resource: 'web-1/pool', busy: 0.5, blocks: [], ...(step.offered === 96 ? { refused: 40 } : {}) },
        ],
      })),
    };
    expect(verdictLines(diagnose(refusing), refusing).join('\n')).toContain(
      'the database refused 40 connections: it had reached its connection limit (SQLSTATE 53300)',
    );
    expect(verdictLines(diagnose(failing), failing).join('\n')).not.toContain('53300');
  });

  it('is not said where none failed', () => {
    expect(verdictLines(diagnose(run), run).some((line) => line.startsWith('  failed'))).toBe(false);
  });

  it('is only counted in runs from before reasons were kept', () => {
    const load = { ...(run.steps[1] as RunData['steps'][number]).load, failed: 2, requests: 1728 };
    expect(failuresText({ index: 4, load })).toBe('2 of 1,728 requests failed in step 4 (0.1 %)');
  });

  it('is cut to what is frequent', () => {
    const many = [
      ...FAILURES,
      ...(['refused', 'cut', 'no-answer'] as const).map((kind) => ({ kind, status: null, host: null, requests: 1 })),
    ];
    const load = { ...(run.steps[1] as RunData['steps'][number]).load, failed: 103, requests: 1030, failures: many };
    expect(failuresText({ index: 2, load })).toMatch(/10 timed out; 1 had the connection refused; 2 for other reasons$/);
  });
});
