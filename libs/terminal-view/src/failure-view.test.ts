import { describe, expect, it } from '@jest/globals';
import type { FailedRequests, RunData, StepData } from '@loadstair/analysis';
import type { LogLine } from '@loadstair/runs';
import { failureExamples, failuresJson } from './failure-view.ts';

const [T1, T2] = ['a'.repeat(32), 'b'.repeat(32)] as const;
const FAILURES: readonly FailedRequests[] = [
  {
    kind: 'no-server',
    status: null,
    host: 'lb-1',
    requests: 60,
    examples: [
      { trace: T1, request: 'feed', atMs: 5 },
      { trace: T2, request: 'photo', atMs: 6 },
    ],
  },
  { kind: 'out-of-time', status: null, host: null, requests: 2, examples: [{ trace: 'c'.repeat(32), request: null, atMs: 7 }] },
];
type Steps = Pick<RunData, 'steps'>;
const step = (index: number, offered: number, failed: number, failures?: readonly FailedRequests[]): StepData =>
  ({ index, kind: 'load', offered, load: { requests: 1_000, failed, ...(failures === undefined ? {} : { failures }) } }) as StepData;
const run: Steps = { steps: [step(1, 40, 0), step(2, 55, 0)] };
const failing: Steps = { steps: [step(1, 40, 0), step(2, 55, 62, FAILURES)] };
const line = (host: string, trace: string, text: string, fields: LogLine['fields'] = {}): LogLine => ({
  atMs: 5,
  host,
  component: 'program',
  level: 'error',
  text,
  trace,
  fields,
  whole: '',
});
const LINES = [
  line('clients', T1, 'feed failed: found no server in service at lb-1', { reason: 'no-server' }),
  line('lb-1', T2, 'GET /photos/7 answered 503: no server was in service', { reason: 'no server was in service' }),
];

describe('examples of failed requests', () => {
  it('are those that hosts logged something of, with the page that shows it', () => {
    expect(failureExamples(failing, LINES, 'http://127.0.0.1:4600/runs/3f9k/logs', 80)).toEqual([
      '  example  photo failed: found no server in service at lb-1',
      '           lb-1 program: GET /photos/7 answered 503: no server was in service',
      '           http://127.0.0.1:4600/runs/3f9k/logs?trace=bbbbbbbbbbbb',
      '           a request failed: without an answer in time',
      '           http://127.0.0.1:4600/runs/3f9k/logs?trace=cccccccccccc',
    ]);
  });

  it('have their id where no page is served any more', () => {
    expect(failureExamples(failing, [], null, 80)[1]).toBe('           trace aaaaaaaaaaaa');
  });

  it('are none where nothing failed', () => {
    expect(failureExamples(run, LINES, null, 80)).toEqual([]);
    expect(failuresJson(run)).toEqual([]);
  });

  it('are in JSON by step', () => {
    expect(failuresJson(failing)).toMatchObject([{ kind: 'load', offered: 55, failed: 62, failures: FAILURES }]);
  });
});
