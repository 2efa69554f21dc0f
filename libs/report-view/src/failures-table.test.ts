import { describe, expect, it } from '@jest/globals';
import type { RunData, StepData } from '@loadstair/analysis';
import { failuresTable } from './failures-table.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const step = (index: number, load: object): StepData => ({ index, kind: 'load', offered: 10, load }) as StepData;
const run = (...steps: StepData[]): RunData => ({ steps }) as unknown as RunData;
const failing = run(
  step(1, { requests: 100, failed: 0 }),
  step(2, {
    requests: 200,
    failed: 12,
    failures: [
      {
        kind: 'status',
        status: 503,
        host: 'lb-1',
        requests: 10,
        examples: [{ trace: TRACE, request: 'feed', atMs: 5 }],
      },
      { kind: 'timed-out', status: null, host: null, requests: 2 },
    ],
  }),
);

describe('why requests failed', () => {
  it('is a row for each reason of a step, whose examples lead to their log lines', () => {
    const text = failuresTable(failing, (trace) => `/runs/3f9k/logs?trace=${trace}`)?.text ?? '';
    expect(text).toMatch(/<td>2<\/td>\s*<td>10<\/td>\s*<td>5(\.0)? %<\/td>\s*<td class="left">answered 503 by lb-1<\/td>/);
    expect(text).toContain(`<a href="/runs/3f9k/logs?trace=${TRACE}">feed 4bf92f35</a>`);
    expect(text).toMatch(/timed out<\/td>\s*<td class="left">–<\/td>/);
  });

  it('names the examples where there is nowhere to go', () => {
    const text = failuresTable(failing, null)?.text ?? '';
    expect(text).toContain('feed 4bf92f35');
    expect(text).not.toContain('<a ');
  });

  it('is nothing where none failed', () => {
    expect(failuresTable(run(step(1, { requests: 100, failed: 0 })), null)).toBeNull();
  });
});
