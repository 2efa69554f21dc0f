import { describe, expect, it } from '@jest/globals';
import type { Named, Verdict, WithoutEdge } from '@loadstair/analysis';
import type { Expected, Injection, Limit } from '@loadstair/stages';
import { judge, scoreOf, type Judged } from './judge.ts';

const injection = (expected: Expected): Injection => ({
  name: 'one',
  mechanism: 'Something is made scarce.',
  stage: 2,
  profile: null,
  set: [],
  disturbance: null,
  expected,
});
const webCpu: Limit = { tier: 'web', resource: 'cpu' };
const dbCpu: Limit = { tier: 'db', resource: 'cpu' };

const noEdgeInTheWest: WithoutEdge = { region: 'west', files: 100, share: 1, silent: ['edge-2'] };
const lateInTheWest: WithoutEdge = { ...noEdgeInTheWest, silent: [] };

const named = (load: number, ...limits: readonly Limit[]): Named => {
  const [first, ...others] = limits.map(({ tier, resource }) => ({
    tier,
    resource,
    hosts: [`${tier}-1`],
    saturation: load,
    saturationInterval: [load, load] as const,
  }));
  return {
    kind: 'named',
    ...(first as NonNullable<typeof first>),
    with: others,
    load,
    interval: [load, load],
    confidence: 0.9,
    runnerUp: null,
    evidence: [],
    ruledOut: [],
    onset: { lastPass: null, firstFail: load, step: 1, reason: 'slo-latency' },
    shares: null,
  };
};
const none = (highest: number): Verdict => ({ kind: 'none-in-range', highest, closest: null, evidence: [] });
const refused = (...codes: readonly ('GEN_SCHED' | 'GAPS')[]): Verdict => ({ kind: 'refused', codes, checks: [] });

describe('an injection', () => {
  const control = named(100, webCpu);

  it.each<[string, Expected, Verdict, Verdict | null, Judged['as']]>([
    ['that is named', { kind: 'limit', limit: dbCpu }, named(50, dbCpu), control, 'right'],
    ['that another is named for', { kind: 'limit', limit: dbCpu }, named(50, webCpu), control, 'wrong'],
    [
      'whose tier has run out of something else',
      { kind: 'limit', limit: { tier: 'db', resource: 'lock' } },
      named(50, dbCpu),
      control,
      'wrong',
    ],
    ['that is named beside one that has room', { kind: 'limit', limit: dbCpu }, named(50, dbCpu, webCpu), control, 'wrong'],
    ['that moves the load by 14 %', { kind: 'limit', limit: dbCpu }, named(86, dbCpu), control, 'moved-nothing'],
    ['that moves it by 15 %', { kind: 'limit', limit: dbCpu }, named(85, dbCpu), control, 'right'],
    ['that moves it up', { kind: 'limit', limit: dbCpu }, named(120, dbCpu), control, 'right'],
    ['whose control ran out of nothing', { kind: 'limit', limit: dbCpu }, named(50, dbCpu), none(100), 'right'],
    ['without a control it could be held against', { kind: 'limit', limit: dbCpu }, named(50, dbCpu), refused('GAPS'), 'moved-nothing'],
    ['whose run is refused', { kind: 'limit', limit: dbCpu }, refused('GAPS'), control, 'wrong'],
    ['of two, in any order', { kind: 'both', limits: [webCpu, dbCpu] }, named(50, dbCpu, webCpu), control, 'right'],
    ['of two, one of which is named', { kind: 'both', limits: [webCpu, dbCpu] }, named(50, webCpu), control, 'wrong'],
    [
      'of an edge, which is said',
      { kind: 'limit', limit: { ...webCpu, without: 'west' } },
      { ...named(50, webCpu), withoutEdge: [noEdgeInTheWest] },
      control,
      'right',
    ],
    [
      'of an edge, which is only called late',
      { kind: 'limit', limit: { ...webCpu, without: 'west' } },
      { ...named(50, webCpu), withoutEdge: [lateInTheWest] },
      control,
      'wrong',
    ],
    ['of an edge, of which nothing is said', { kind: 'limit', limit: { ...webCpu, without: 'west' } }, named(50, webCpu), control, 'wrong'],
    [
      'of servers that are taken out, which is said',
      { kind: 'limit', limit: { ...webCpu, takenOut: true } },
      { ...named(50, webCpu), takenOut: [{ server: 'web-1', by: 'lb-1', times: 3, share: 0.4, check: 'no-answer' }] },
      control,
      'right',
    ],
    [
      'of servers that are taken out, of which nothing is said',
      { kind: 'limit', limit: { ...webCpu, takenOut: true } },
      named(50, webCpu),
      control,
      'wrong',
    ],
    ['of nothing, where nothing is named', { kind: 'none' }, none(5), null, 'right'],
    ['of nothing, where something is', { kind: 'none' }, named(5, dbCpu), null, 'wrong'],
    ['that spoils the run', { kind: 'refused', code: 'GEN_SCHED' }, refused('GEN_SCHED', 'GAPS'), null, 'right'],
    ['that spoils it otherwise first', { kind: 'refused', code: 'GEN_SCHED' }, refused('GAPS', 'GEN_SCHED'), null, 'wrong'],
  ])('%s', (_, expected, verdict, against, as) => {
    expect(judge(injection(expected), verdict, against).as).toBe(as);
  });

  it('says how far the load moved', () => {
    expect(judge(injection({ kind: 'limit', limit: dbCpu }), named(60, dbCpu), control)).toMatchObject({
      said: 'db cpu',
      load: 60,
      controlLoad: 100,
      moved: expect.closeTo(-0.4),
    });
  });
});

describe('the score', () => {
  const judged = (...as: readonly Judged['as'][]): Judged[] =>
    as.map((one) => ({ ...judge(injection({ kind: 'none' }), none(5), null), as: one }));

  it('counts what moved something', () => {
    expect(scoreOf(judged('right', 'moved-nothing', 'wrong'))).toMatchObject({ right: 1, of: 2, met: false });
  });

  it('is met by 19 of 20, not by 18 of 19', () => {
    expect(scoreOf(judged(...Array<Judged['as']>(19).fill('right'), 'wrong')).met).toBe(true);
    expect(scoreOf(judged(...Array<Judged['as']>(18).fill('right'), 'wrong')).met).toBe(false);
  });

  it('counts those apart that are held out, by stage and name', () => {
    const all = Array.from({ length: 30 }, (_, index) => {
      const [one] = judged(index % 2 === 0 ? 'right' : 'wrong');
      return { ...(one as Judged), injection: { ...injection({ kind: 'none' }), name: `one-${index}` } };
    });
    const { heldOut } = scoreOf(all);
    expect(heldOut.of).toBeGreaterThan(0);
    expect(heldOut.of).toBeLessThan(20);
    expect(heldOut.right).toBeGreaterThan(0);
    expect(heldOut.right).toBeLessThan(heldOut.of);
  });

  it('is not met when nothing counts', () => {
    expect(scoreOf(judged('moved-nothing')).met).toBe(false);
  });
});
