import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { profileByName } from '@loadstair/load';
import { injections, injectionsByName, settingsOf, stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { scoreOf, type Judged } from '@loadstair/verify';
import { plainStream } from './io.ts';
import { injectedHeading, injectedLine, injectedSummary, injectionListLines } from './injected-view.ts';

const stream = plainStream(() => {}, 80);

describe('the catalogue of injections', () => {
  it.each(injections().map((one) => [one.name, one] as const))('%s fits its stage and profile', (_, one) => {
    const stage = stageByNumber(one.stage);
    for (const name of [one.profile, one.against]) profileByName(name ?? stage.profile);
    const { tiers } = applySettings(stage.topology, settingsOf(one), declarations);
    const limits = one.expected.kind === 'limit' ? [one.expected.limit] : one.expected.kind === 'both' ? one.expected.limits : [];
    for (const limit of limits) expect(tiers.map((tier) => tier.name)).toContain(limit.tier);
    // Something is done to the run, or nothing is expected of it.
    expect(one.set.length > 0 || one.disturbance !== null || one.against !== undefined || one.expected.kind === 'none').toBe(true);
  });

  it('has every kind of cause, and no name twice', () => {
    const names = injections().map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    const limits = injections().flatMap(({ expected }) => (expected.kind === 'limit' ? [expected.limit.resource] : []));
    expect(limits).toEqual(expect.arrayContaining(['cpu', 'event-loop', 'memory', 'lock', 'disk', 'pool', 'slots', 'hit-ratio']));
    expect(new Set(injections().map(({ expected }) => expected.kind))).toEqual(new Set(['limit', 'both', 'none', 'refused']));
  });

  it('gives those that were named, and suggests a near one for a name it has not', () => {
    expect(injectionsByName(['pool', 'db-cpu']).map((one) => one.name)).toEqual(['db-cpu', 'pool']);
    expect(injectionsByName([])).toEqual(injections());
    expect(() => injectionsByName(['poool'])).toThrow(expect.objectContaining({ exit: 2, do: './lab verify --injected pool' }));
  });
});

describe('the table of injections', () => {
  const judged = injections().map((injection, index): Judged => ({
    injection,
    said: 'a rather long tier event-loop + another one',
    load: 1234.5,
    controlLoad: 12345.6,
    moved: index % 2 === 0 ? -0.9 : 12.3,
    as: index === 0 ? 'moved-nothing' : index === 1 ? 'wrong' : 'right',
  }));

  it('is at most 80 columns wide', () => {
    const lines = [
      injectedHeading(stream),
      ...judged.map((one) => injectedLine(one, stream)),
      ...injectedSummary(judged, scoreOf(judged)),
      ...injectionListLines(injections(), 80),
    ];
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('shows a line an injection: what was expected, named, and how far the load moved', () => {
    const injection = injections().find((one) => one.name === 'pool') as ReturnType<typeof injections>[number];
    const line = injectedLine({ injection, said: 'web pool', load: 44.1, controlLoad: 70, moved: -0.37, as: 'right' }, stream);
    expect(line.replace(/ +/g, ' ')).toBe('✓ pool web pool web pool 44.1 70.0 −37 %');
  });

  it('ends with what was not counted, and the score', () => {
    expect(injectedSummary(judged.slice(0, 3), scoreOf(judged.slice(0, 3)))).toEqual([
      'moved nothing (less than 15 %): not counted: server-cpu',
      '1 of 2 right (at least 95 % needed)',
      expect.stringMatching(/^of these held out while rules are made: \d of \d$/),
    ]);
  });
});
