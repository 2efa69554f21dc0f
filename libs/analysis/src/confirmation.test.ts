import { describe, expect, it } from '@jest/globals';
import { confirm, confirmationRows, type RelaxedRun } from './confirmation.ts';
import { diagnose } from './diagnose.ts';
import { buildRun } from './testing/run-builder.ts';
import { verdictLines } from './verdict-text.ts';

const relaxed = (tier: string, load: number | null, factor = 1.3): RelaxedRun => ({
  resource: { tier, hosts: [`${tier}-1`], resource: 'cpu' },
  factor,
  run: 'ab12',
  load,
  interval: [(load ?? 140) * 0.97, (load ?? 140) * 1.04],
  highest: 140,
});

describe('confirm', () => {
  it('confirms what moved with the named and stayed with the other', () => {
    expect(confirm(100, relaxed('db', 128), relaxed('web', 102), 1.5).kind).toBe('confirmed');
  });

  it('predicts no further than the next limit', () => {
    const { named } = confirm(100, relaxed('db', 112), relaxed('web', 101), 1.15);
    expect(named.predicted).toBeCloseTo(115, 9);
    expect(named.moved).toBeGreaterThan(0.5);
  });

  it('contradicts a name whose relief moves nothing', () => {
    expect(confirm(100, relaxed('web', 101), relaxed('db', 127), 1.5).kind).toBe('contradicted');
    expect(confirm(100, relaxed('web', 101), null, null).kind).toBe('contradicted');
  });

  it('contradicts when the other moves more surely than the named', () => {
    expect(confirm(100, relaxed('web', 110), relaxed('db', 128), 1.5).kind).toBe('contradicted');
  });

  it('leaves open what the runs cannot tell', () => {
    expect(confirm(100, relaxed('db', 111), relaxed('web', 101), 1.5).kind).toBe('inferred');
    expect(confirm(100, relaxed('db', 128), relaxed('web', 125), 1.5).kind).toBe('inferred');
  });

  it('takes a climb in which nothing failed as moved at least so far', () => {
    expect(confirm(100, relaxed('db', null), relaxed('web', 100), 1.5).kind).toBe('confirmed');
  });

  it('says so in the words of the verdict', () => {
    const run = buildRun({
      stage: 2,
      tiers: [
        { name: 'web', hosts: 1, cpuMs: 1, cores: 0.1 },
        { name: 'db', hosts: 1, cpuMs: 0.4, cores: 0.1 },
      ],
      links: [['web', 'db']],
      loads: [45, 60, 78, 90, 101, 115, 131],
    });
    const confirmation = confirm(94, relaxed('web', 121), relaxed('db', 95), 2);
    const lines = verdictLines(diagnose(run), run, confirmation);
    expect(lines[0]).toMatch(/^▲ web-1 CPU limits this run at .*\)\. Confirmed\.$/);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}sure .*, confirmed$/));
    expect(confirmationRows(confirmation)).toEqual([
      'with 30 % more web-1 CPU the limit moved to 121/s (117–126), predicted 122',
      'with 30 % more db-1 CPU it stayed: 95.0/s (92.1–98.8)',
    ]);
  });
});
