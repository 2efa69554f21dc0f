import { describe, expect, it } from '@jest/globals';
import type { RequestRow } from '@loadstair/loadprofiles';
import { failuresOf } from './failures.ts';
import { wasCutShort } from './is-failure.ts';
import { parseLine } from './rows.ts';

const row = (change: Partial<RequestRow>): RequestRow => ({
  step: 1,
  arrival: 0,
  journey: 'browse',
  name: 'feed',
  dueMs: 0,
  latencyMs: 1,
  outcome: 'ok',
  status: 200,
  last: true,
  ...change,
});
const unanswered = (errorCode: number): RequestRow => row({ outcome: 'error', status: 0, errorCode });

describe('failed requests', () => {
  it('are counted by kind, status and host, the most frequent first', () => {
    const rows = [
      row({ outcome: 'status', status: 503 }),
      row({ outcome: 'status', status: 500, servedBy: 'web-2', errorCode: 1500 }),
      row({ outcome: 'status', status: 503 }),
      row({ outcome: 'wrong-body', servedBy: 'web-1' }),
      row({}),
      row({ outcome: 'stale' }),
      ...Array.from({ length: 4 }, () => row({ outcome: 'no-server', status: 503, servedBy: 'lb-1' })),
      row({ outcome: 'not-sent', status: 0 }),
    ];
    const unheard = [7, 8, 9].map((arrival) => ({ arrival, dueMs: 100 + arrival }));
    expect(failuresOf(rows, unheard, null)).toEqual([
      { kind: 'no-server', status: null, host: 'lb-1', requests: 4 },
      { kind: 'out-of-time', status: null, host: null, requests: 3 },
      { kind: 'status', status: 503, host: null, requests: 2 },
      { kind: 'status', status: 500, host: 'web-2', requests: 1 },
      { kind: 'wrong-answer', status: null, host: 'web-1', requests: 1 },
    ]);
  });

  it('have the first few of each kind as examples, by the id that their log lines carry', () => {
    const timedOut = [1, 2, 3, 4].map((arrival) => row({ arrival, dueMs: arrival, outcome: 'timeout', status: 0 }));
    const [often, once] = failuresOf(timedOut, [{ arrival: 9, dueMs: 90 }], (arrival) => `trace-${arrival}`);
    expect(often).toMatchObject({
      requests: 4,
      examples: [1, 2, 3].map((arrival) => ({ trace: `trace-${arrival}`, request: 'feed', atMs: arrival })),
    });
    // Which request of its arrival it was is not known.
    expect(once).toMatchObject({ kind: 'out-of-time', examples: [{ trace: 'trace-9', request: null, atMs: 90 }] });
  });

  it.each([
    [1212, 'refused'],
    [1220, 'cut'],
    [1211, 'timed-out'],
    [1101, 'no-address'],
    [1000, 'no-answer'],
  ] as const)('with error code %i of k6 were %s', (code, kind) => {
    expect(failuresOf([unanswered(code)], [], null)).toEqual([{ kind, status: null, host: null, requests: 1 }]);
  });

  it('that timed out are so by their outcome', () => {
    expect(failuresOf([row({ outcome: 'timeout', status: 0, errorCode: 1050 })], [], null)).toMatchObject([{ kind: 'timed-out' }]);
  });

  it('are none where all went well', () => {
    expect(failuresOf([row({})], [], null)).toEqual([]);
  });
});

describe('the row of a failed request', () => {
  it('has why, and whose answer it was', () => {
    expect(parseLine('R,4,17,browse,feed,1700000000200,61.5,1,500,1,,,1500,web-2')).toEqual({
      kind: 'row',
      row: row({
        step: 4,
        arrival: 17,
        dueMs: 1_700_000_000_200,
        latencyMs: 61.5,
        outcome: 'status',
        status: 500,
        errorCode: 1500,
        servedBy: 'web-2',
      }),
    });
  });

  it('has its region too, where users have some, and no host where none answered', () => {
    const line = parseLine('R,4,17,browse,feed,1700000000200,61.5,3,0,1,west,fallback,1212,');
    expect(line).toMatchObject({ row: { region: 'west', via: 'fallback', errorCode: 1212 } });
    expect(line).not.toHaveProperty('row.servedBy');
  });
});

describe('a request without an answer', () => {
  const refused = row({ outcome: 'error', status: 0, errorCode: 1212, dueMs: 10_000, latencyMs: 2 });

  it('that was open when the generator was told to stop was cut short by it', () => {
    expect(wasCutShort({ ...refused, latencyMs: 2_500 }, 12_500)).toBe(true);
    expect(wasCutShort({ ...refused, latencyMs: 2_480 }, 12_500)).toBe(true);
  });

  it('before that is one of the site', () => {
    expect(wasCutShort(refused, 12_500)).toBe(false);
  });

  it('is another thing than one that was answered while it stopped', () => {
    expect(wasCutShort({ ...refused, outcome: 'status', latencyMs: 2_500 }, 12_500)).toBe(false);
  });
});
