import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { expectationFrom, expectationKinds } from './catalogue.ts';
import { defineExpectation, unseen } from './expectation.ts';
import type { Observed } from './observed.ts';

const observed: Observed = { slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 }, phases: [], actions: [], requests: [] };

/** One that no stage has. */
const requestsCounted = defineExpectation({
  kind: 'requests-counted',
  input: z.strictObject({ phase: z.string(), least: z.int() }),
  phases: ({ phase }) => [phase],
  sentence: ({ phase, least }) => ({ about: `requests: ${phase}`, expected: `at least ${least}` }),
  observe: ({ requests }) => (requests.length === 0 ? unseen('there was no request') : requests.length),
  judge: (count, { least }) => ({ measured: String(count), holds: count >= least, values: { count } }),
});

describe('a kind of expectation', () => {
  const two = requestsCounted({ phase: 'a', least: 2 });
  const request = { dueMs: 0, endMs: 1, failed: false };

  it('judges what it observes, and says what it could not see', () => {
    const about = { about: 'requests: a', expected: 'at least 2', bounds: [], details: [] };
    expect(two.judge({ ...observed, requests: [request, request] })).toEqual({
      ...about,
      measured: '2',
      holds: true,
      values: { count: 2 },
    });
    expect(two.judge({ ...observed, requests: [request] })).toEqual({ ...about, measured: '1', holds: false, values: { count: 1 } });
    expect(two.judge(observed)).toEqual({ ...about, measured: 'there was no request', holds: null, values: {} });
    expect(two.table(observed)).toBeNull();
  });

  it('knows its own expectations by their input', () => {
    const other = defineExpectation({ ...SPEC, kind: 'another' });
    expect(requestsCounted.inputOf(two)).toEqual({ phase: 'a', least: 2 });
    expect(requestsCounted.inputOf(other({}))).toBeNull();
    expect(two).toMatchObject({ kind: 'requests-counted', phases: ['a'], input: { phase: 'a', least: 2 } });
  });
});

const SPEC = {
  input: z.strictObject({}),
  sentence: () => ({ about: '', expected: '' }),
  observe: () => 1,
  judge: () => ({ measured: '', holds: true }),
};

describe('the catalogue of kinds', () => {
  it('has no kind twice', () => {
    const kinds = expectationKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const kind of kinds) expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('reads plain data, and refuses what is none', () => {
    expect(expectationFrom({ kind: 'lost-writes', most: null })).toMatchObject({ kind: 'lost-writes', input: { most: null } });
    expect(() => expectationFrom({ kind: 'lost-writes', most: -1 })).toThrow(z.ZodError);
    expect(() => expectationFrom({ kind: 'lost-rites', most: 1 })).toThrow(z.ZodError);
    expect(() => expectationFrom({ kind: 'lost-writes', most: 1, exactly: 0 })).toThrow(z.ZodError);
  });
});
