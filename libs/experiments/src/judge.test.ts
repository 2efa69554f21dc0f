import { describe, expect, it } from '@jest/globals';
import type { GateCheck } from '@loadstair/analysis';
import type { Expectation } from './expectation.ts';
import { answersAgain } from './expectations/answers-again.ts';
import { capacityRatio } from './expectations/capacity-ratio.ts';
import { cheaperArrival } from './expectations/cheaper-arrival.ts';
import { splitsCpu } from './expectations/cpu-split.ts';
import { dialled } from './expectations/dialled.ts';
import { downBetween } from './expectations/down-between.ts';
import { spreadsEvenly } from './expectations/even-spread.ts';
import { failuresWithin } from './expectations/failures-within.ts';
import { movedAway } from './expectations/moved-away.ts';
import { noDearer } from './expectations/no-dearer.ts';
import { noFailures } from './expectations/no-failures.ts';
import { refuses } from './expectations/refuses.ts';
import { expectationsOf, phasesOf, type Experiment, type Phase } from './experiment.ts';
import { judge } from './judge.ts';
import type { Observed, ObservedAction, ObservedHost, ObservedPhase, Steady } from './observed.ts';

const phase = (name: string, quick: number | null = 5): Phase => ({ name, load: { share: 0.5 }, holdS: { full: 10, quick } });

const experiment = (phases: readonly Phase[], ...expectations: readonly Expectation[]): Experiment => ({
  name: 'try',
  stage: 3,
  title: 'A try',
  happens: 'Something.',
  takesS: { full: 60, quick: 30 },
  profile: 'reads',
  phases,
  expectations,
});

const host = (name: string, rest: Partial<ObservedHost> = {}): ObservedHost => ({
  host: name,
  tier: name.replace(/-\d+$/, ''),
  alive: true,
  group: null,
  cores: 0.02,
  byComponent: {},
  served: null,
  ...rest,
});

const steady = (rest: Partial<Steady> = {}): Steady => ({
  startMs: 2_000,
  endMs: 10_000,
  offered: 20,
  achieved: 20,
  requests: 160,
  failed: 0,
  quantileMs: 40,
  hosts: [],
  use: [],
  saturation: {},
  pricePerMonth: null,
  ...rest,
});

const seen = (name: string, index: number, is: Steady | null = steady()): ObservedPhase => ({
  name,
  startMs: index * 10_000,
  endMs: (index + 1) * 10_000,
  steady: is,
});

const done = (
  action: ObservedAction['action'],
  beganMs: number,
  endedMs: number,
  result: ObservedAction['result'] = { kind: 'done' },
): ObservedAction => ({
  action,
  phase: '',
  beganMs,
  endedMs,
  result,
});

const observed = (rest: Partial<Observed> = {}): Observed => ({
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  phases: [seen('a', 0), seen('b', 1)],
  actions: [],
  requests: [],
  ...rest,
});

/** One request every 100 ms over two phases; those due in [from, to) fail. */
const requests = (from = 0, to = 0): Observed['requests'] =>
  Array.from({ length: 200 }, (_, index) => index * 100 + 50).map((dueMs) => ({
    dueMs,
    endMs: dueMs + 20,
    failed: dueMs >= from && dueMs < to,
  }));

const check = (code: GateCheck['code'], outcome: GateCheck['outcome']): GateCheck => ({
  code,
  outcome,
  measured: '4 % idle',
  allowed: '30 %',
  value: 0.04,
  limit: 0.3,
  advice: 'close other programs',
  steps: [],
});

const killed = done({ do: 'kill', tier: 'web' }, 10_000, 10_040, { kind: 'done', host: 'web-1' });

describe('judge', () => {
  const none = noFailures({ phases: ['a'] });

  it.each([
    { about: 'all hold', failing: [0, 0], checks: [check('PHYS_CPU', 'warn')], kind: 'held' },
    { about: 'one does not', failing: [3_000, 3_100], checks: [], kind: 'not-held' },
    { about: 'the machine was busy', failing: [0, 0], checks: [check('PHYS_CPU', 'refuse')], kind: 'refused' },
    {
      about: 'the machine was busy and one does not hold',
      failing: [3_000, 3_100],
      checks: [check('PHYS_CPU', 'refuse')],
      kind: 'refused',
    },
  ] as const)('$about: $kind', ({ failing, checks, kind }) => {
    const outcome = judge(experiment([phase('a')], none), false, observed({ requests: requests(...failing) }), checks);
    expect(outcome).toMatchObject({ kind, checks: checks.filter((one) => one.outcome === 'refuse') });
  });

  it('says so when there was nothing to judge by', () => {
    expect(judge(experiment([phase('a')], none), false, observed({ phases: [] }), [])).toMatchObject({
      kind: 'refused',
      results: [{ holds: null }],
    });
  });

  it('leaves out of the quick form what its phases cannot answer', () => {
    const tried = experiment(
      [phase('a'), phase('long', null)],
      answersAgain({ phase: 'a' }),
      answersAgain({ phase: 'long' }),
      capacityRatio({ tier: 'web', phase: 'a', to: 'long', least: 1, most: 2 }),
      refuses({ action: 'resize' }),
    );
    expect(phasesOf(tried, true).map(({ name, seconds }) => [name, seconds])).toEqual([['a', 5]]);
    expect(expectationsOf(tried, true).map(({ kind }) => kind)).toEqual(['answers-again', 'refuses']);
    expect(expectationsOf(tried, false)).toHaveLength(4);
  });
});

describe('failures', () => {
  const within = failuresWithin({ action: 'kill', windowMs: 1_000, marginMs: 250 });

  it.each([
    { about: 'none', from: 0, to: 0, holds: true, values: { failed: 0, outside: 0, recoverMs: 0 } },
    { about: 'under way when it died, and after', from: 9_990, to: 10_300, holds: true, values: { failed: 3, outside: 0, recoverMs: 270 } },
    { about: 'to the end of the window', from: 10_000, to: 11_300, holds: true, values: { failed: 13, outside: 0 } },
    { about: 'past the window', from: 10_000, to: 11_400, holds: false, values: { failed: 14, outside: 1 } },
    { about: 'before', from: 9_800, to: 9_900, holds: false, values: { failed: 1, outside: 1 } },
  ])('counts those of a kill: $about', ({ from, to, holds, values }) => {
    expect(within.judge(observed({ actions: [killed], requests: requests(from, to) }))).toMatchObject({ holds, values });
  });

  it('knows of no window without the kill', () => {
    expect(within.judge(observed({ requests: requests() })).holds).toBeNull();
  });

  it.each([
    [['a'], 10_000, 10_200, true],
    [['a', 'b'], 10_000, 10_200, false],
    [['a', 'c'], 0, 0, null],
  ] as const)('none in %j when they fail from %d to %d: %s', (phases, from, to, holds) => {
    expect(noFailures({ phases }).judge(observed({ requests: requests(from, to) })).holds).toBe(holds);
  });

  it('leaves what was under way when the next phase began to that phase', () => {
    const across = [...requests(), { dueMs: 9_990, endMs: 10_040, failed: true }];
    expect(noFailures({ phases: ['a'] }).judge(observed({ requests: across })).holds).toBe(true);
    expect(noFailures({ phases: ['a', 'b'] }).judge(observed({ requests: across })).holds).toBe(false);
  });

  it.each([
    { from: 10_000, to: 15_000, holds: true },
    { from: 10_000, to: 14_900, holds: false },
    { from: 9_000, to: 15_000, holds: false },
  ])('a site that is down from $from to $to', ({ from, to, holds }) => {
    const replaced = done({ do: 'replace', tier: 'web' }, 15_000, 17_000);
    const result = downBetween({ from: 'kill', until: 'replace' }).judge(
      observed({ actions: [killed, replaced], requests: requests(from, to) }),
    );
    expect(result).toMatchObject({ holds, values: { requests: 50, downMs: 7_000 } });
  });

  it.each([
    [steady(), true],
    [steady({ failed: 1 }), false],
    [steady({ requests: 0 }), null],
    [null, null],
  ])('answers again: %#', (is, holds) => {
    expect(answersAgain({ phase: 'a' }).judge(observed({ phases: [seen('a', 0, is)] })).holds).toBe(holds);
  });
});

describe('spread', () => {
  const even = spreadsEvenly({ phase: 'a', tier: 'web', within: 0.05 });
  const served = (...counts: readonly (number | null)[]): Observed =>
    observed({ phases: [seen('a', 0, steady({ hosts: counts.map((count, index) => host(`web-${index + 1}`, { served: count })) }))] });

  it.each([
    { counts: [100, 101], holds: true },
    { counts: [100, 112], holds: false },
    { counts: [100, 100, 91], holds: false },
    { counts: [200, 0], holds: false },
    { counts: [10, 10], holds: null },
    { counts: [200, null], holds: null },
  ])('of $counts', ({ counts, holds }) => {
    expect(even.judge(served(...counts)).holds).toBe(holds);
  });

  it('shows every server, and leaves out one that is gone', () => {
    const hosts = [host('web-2', { served: 50 }), host('web-1', { served: 50 }), host('web-3', { served: 0, alive: false })];
    const result = even.judge(observed({ phases: [seen('a', 0, steady({ hosts }))] }));
    expect(result).toMatchObject({ holds: true, details: ['web-1  50 requests, 50.0 %', 'web-2  50 requests, 50.0 %'] });
  });

  it.each([
    { dead: 0, living: 150, holds: true },
    { dead: 3, living: 150, holds: false },
    { dead: 0, living: 3, holds: null },
  ])('moves away from the dead: $dead and $living', ({ dead, living, holds }) => {
    const hosts = [host('web-1', { served: dead, alive: false }), host('web-2', { served: living })];
    expect(movedAway({ phase: 'a', tier: 'web' }).judge(observed({ phases: [seen('a', 0, steady({ hosts }))] })).holds).toBe(holds);
  });
});

describe('CPU', () => {
  it.each([
    [{ site: 0.04, postgres: 0.02 }, true, 'web 67 %, database 33 %'],
    [{ site: 0.095, postgres: 0.005 }, false, 'web 95 %, database 5 %'],
    [{ site: 0.04 }, null, 'use by component was not measured'],
  ])('splits %j', (byComponent, holds, measured) => {
    const hosts = [host('server-1', { byComponent })];
    const result = splitsCpu({ phase: 'a', tier: 'server', least: 0.1 }).judge(observed({ phases: [seen('a', 0, steady({ hosts }))] }));
    expect(result).toMatchObject({ holds, measured });
  });

  it.each([
    { own: [0.005, 0.006], other: [0.01, 0.01], holds: true, ratio: 0.55 },
    { own: [0.01, 0.012], other: [0.01, 0.01], holds: false, ratio: 1.1 },
    { own: [0.005], other: [0.01], holds: null, ratio: undefined },
  ])('per read: $own against $other', ({ own, other, holds, ratio }) => {
    const phases = [
      ...own.map((cores, index) => seen(`document ${index}`, index, steady({ hosts: [host('db-1', { cores })] }))),
      ...other.map((cores, index) => seen(`relational ${index}`, index, steady({ hosts: [host('db-1', { cores })] }))),
    ];
    const result = cheaperArrival({ tier: 'db', phases: 'document', than: 'relational' }).judge(observed({ phases }));
    expect(result.holds).toBe(holds);
    if (ratio !== undefined) expect(result.values['ratio']).toBeCloseTo(ratio);
  });
});

describe('capacity', () => {
  const full = (load: number, pricePerMonth: number): Steady =>
    steady({ saturation: { web: { load, interval: [load * 0.95, load * 1.05] } }, pricePerMonth });
  const both = observed({ phases: [seen('a', 0, full(80, 20)), seen('b', 1, full(40, 12))] });

  it.each([
    [1.5, 2.5, true],
    [2.1, 3, false],
    [1, 1.9, false],
  ])('twice is between %d and %d: %s', (least, most, holds) => {
    const result = capacityRatio({ tier: 'web', phase: 'a', to: 'b', least, most }).judge(both);
    expect(result).toMatchObject({ holds, values: { ratio: 2 } });
    // As far as the two intervals allow at the most.
    expect(result.values['ratioLow']).toBeCloseTo(2 * (0.95 / 1.05));
    expect(result.values['ratioHigh']).toBeCloseTo(2 * (1.05 / 0.95));
  });

  it('compares prices of the same load, and lays all side by side', () => {
    const cheaper = { tier: 'web', phase: 'a', than: 'b' };
    expect(noDearer(cheaper).judge(both)).toMatchObject({ holds: true, values: { pricePer100: 25, otherPricePer100: 30 } });
    expect(noDearer({ ...cheaper, phase: 'b', than: 'a' }).judge(both).holds).toBe(false);
    const ratio = capacityRatio({ tier: 'web', phase: 'a', to: 'b', least: 1, most: 3 });
    expect(judge(experiment([phase('a'), phase('b')], ratio), false, both, []).table).toEqual({
      head: ['', 'web tier full at', 'price a month', 'for 100/s'],
      rows: [
        ['a', '80.0/s (76.0–84.0)', '20.00', '25.00'],
        ['b', '40.0/s (38.0–42.0)', '12.00', '30.00'],
      ],
    });
  });

  it('is not told without a measurement', () => {
    expect(capacityRatio({ tier: 'web', phase: 'a', to: 'b', least: 1, most: 2 }).judge(observed()).holds).toBeNull();
    expect(noDearer({ tier: 'web', phase: 'a', than: 'b' }).judge(observed()).holds).toBeNull();
  });
});

describe('answers', () => {
  const resize = (cpu: number, result: ObservedAction['result']): ObservedAction => done({ do: 'resize', tier: 'web', cpu }, 0, 1, result);

  it('holds a refusal to be one that says why', () => {
    const refused = resize(8, { kind: 'refused', what: 'web.cpu=8 is not allowed.', why: '0.05 to 4' });
    const did = resize(4, { kind: 'done' });
    const asked = refuses({ action: 'resize' });
    expect(asked.judge(observed({ actions: [did, refused] }))).toMatchObject({
      holds: true,
      measured: 'web.cpu=8 is not allowed.',
      details: ['0.05 to 4'],
    });
    expect(asked.judge(observed({ actions: [did] })).holds).toBe(false);
    expect(asked.judge(observed()).holds).toBeNull();
  });

  it.each([
    ['private', 'refused', true],
    ['private', 'connected', false],
    ['public', 'connected', null],
  ] as const)('a dial to %s is %s: %s', (to, answer, holds) => {
    const dials = [{ host: 'web-1', address: '127.1.0.2:8080', answer: 'refused' }];
    const dial = done({ do: 'dial', to: { tier: 'web' } }, 0, 1, { kind: 'done', dials });
    expect(dialled({ to, answer }).judge(observed({ actions: [dial] })).holds).toBe(holds);
  });
});
