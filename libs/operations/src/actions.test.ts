import { describe, expect, it } from '@jest/globals';
import { placeTopology, SettingError, type Topology } from '@loadstair/topology';
import { z } from 'zod';
import { defineAction } from './action.ts';
import { CLIENTS, DATABASES, EDGES, MACHINES, POWER, PROMISES, type Machines, type PromisedRow } from './capabilities.ts';
import { capability, offer, offeredIn, type Offered } from './capability.ts';
import { actionFrom, actions } from './catalogue.ts';
import { askEdges } from './actions/ask-edges.ts';
import { clear } from './actions/clear.ts';
import { countWrites } from './actions/count-writes.ts';
import { crash } from './actions/crash.ts';
import { destroy } from './actions/destroy.ts';
import { dial } from './actions/dial.ts';
import { failover } from './actions/failover.ts';
import { powerLoss } from './actions/power-loss.ts';
import { powerOn } from './actions/power-on.ts';
import { replace } from './actions/replace.ts';
import { resize } from './actions/resize.ts';
import { scale } from './actions/scale.ts';
import { withOffers, type OperableSite, type SiteHost } from './site.ts';

const topology: Topology = {
  stage: 7,
  slug: 'made-up',
  title: 'Made up',
  tiers: [{ name: 'front', count: 2, cpu: 1, memoryMiB: 256, components: ['site'], settings: {}, public: true, distanceMs: 0 }],
  links: [{ from: 'clients', to: 'front', role: 'http' }],
};
const placement = placeTopology(topology, { instance: 1, labFolder: '/nowhere' });
const { signal } = new AbortController();

function siteOf(states: readonly SiteHost['state'][], ...offers: readonly Offered[]): OperableSite {
  return {
    placement,
    hosts: () =>
      states.map((state, index) => ({ name: `front-${index + 1}`, tier: 'front', address: `127.1.0.${index + 1}`, state, role: null })),
    capability: (wanted) => offeredIn(offers, wanted),
  };
}

/** What of clients is not asked here. */
const nobody = { get: async () => null, visit: () => Promise.reject(new Error('not asked')) };

/** Machines that note what was done to them. */
function machines(changed: Partial<Machines> = {}): { readonly done: string[]; readonly offered: Offered } {
  const done: string[] = [];
  const note =
    (what: string) =>
    async (...args: readonly unknown[]): Promise<void> =>
      void done.push([what, ...args.filter((arg) => !(arg instanceof AbortSignal))].join(' '));
  const all: Machines = {
    crash: note('crash'),
    powerOn: note('power-on'),
    scale: note('scale'),
    resize: note('resize'),
    set: note('set'),
    clear: async (hosts) => {
      done.push(`clear ${hosts.join(' ')}`);
      return hosts;
    },
    replace: async (host) => {
      done.push(`replace ${host}`);
      return { name: 'front-3', tier: 'front', address: '127.1.0.3', state: 'up', role: null };
    },
  };
  return { done, offered: offer(MACHINES, { ...all, ...changed }) };
}

describe('an action on a host', () => {
  it('takes the first of a tier that is in the state it needs, or the one it names', async () => {
    const { done, offered } = machines();
    const site = siteOf(['down', 'up'], offered);
    expect(await crash({ tier: 'front' }).run(site, signal)).toEqual({
      result: { kind: 'done', host: 'front-2' },
      text: 'front-2 crashed',
    });
    expect(await crash({ host: 'front-1' }).run(site, signal)).toMatchObject({ result: { kind: 'done', host: 'front-1' } });
    expect(await replace({ tier: 'front' }).run(site, signal)).toMatchObject({ result: { host: 'front-3', address: '127.1.0.3' } });
    expect(done).toEqual(['crash front-2', 'crash front-1', 'replace front-1']);
    await expect(crash({ tier: 'front' }).run(siteOf(['down', 'down'], offered), signal)).rejects.toThrow('No host of tier front is up.');
  });

  it('is refused for a host or a tier that is not there, and without what it needs', () => {
    const site = siteOf(['up'], machines().offered);
    expect(() => crash({ host: 'front-9' }).check(site)).toThrow(expect.objectContaining({ status: 404, why: 'hosts are front-1' }));
    expect(() => crash({ tier: 'back' }).check(site)).toThrow(expect.objectContaining({ code: 'E_UNKNOWN_TIER' }));
    expect(() => failover({}).check(site)).toThrow(expect.objectContaining({ status: 409, code: 'E_NO_REPLICAS', exit: 2 }));
    expect(() => crash({ host: 'front-1' }).check(site)).not.toThrow();
  });
});

describe('an action on a place', () => {
  const far = { name: 'far', kind: 'edge location', users: 0.5 } as const;
  const spread = placeTopology(
    {
      ...topology,
      places: [{ name: 'near', kind: 'data centre', users: 0.5 }, far],
      tiers: topology.tiers.map((tier) => ({ ...tier, places: ['near', 'far'] })),
    },
    { instance: 1, labFolder: '/nowhere' },
  );

  it('is done to every host that stands there', async () => {
    const { done, offered } = machines();
    const site = { ...siteOf(['up', 'up'], offered), placement: spread };
    expect(await clear({ place: 'far' }).run(site, signal)).toEqual({
      result: { kind: 'done', hosts: ['front-2'] },
      text: 'caches and edges in far emptied',
    });
    await clear({ tier: 'front' }).run(site, signal);
    expect(done).toEqual(['clear front-2', 'clear front-1 front-2']);
    const clients = offer(CLIENTS, { ...nobody, dial: async (address) => ({ address, answer: 'refused' }) });
    const { result } = await dial({ to: { place: 'near' } }).run({ ...siteOf(['up', 'up'], clients), placement: spread }, signal);
    expect(dial.result.parse(result).dials.map(({ host }) => host)).toEqual(['front-1']);
  });

  it('ends all hosts at once that are up there', async () => {
    const { done, offered } = machines();
    const wide = placeTopology(
      { ...spread.topology, tiers: spread.topology.tiers.map((tier) => ({ ...tier, count: 4 })) },
      { instance: 1, labFolder: '/nowhere' },
    );
    const site = { ...siteOf(['up', 'up', 'up', 'up'], offered), placement: wide };
    expect(await crash({ place: 'far' }).run(site, signal)).toEqual({
      result: { kind: 'done', host: 'front-2', others: ['front-4'] },
      text: 'front-2, front-4 crashed',
    });
    expect(done).toEqual(['crash front-2', 'crash front-4']);
    const silent = { ...siteOf(['up', 'down', 'up', 'down'], offered), placement: wide };
    await expect(crash({ place: 'far' }).run(silent, signal)).rejects.toThrow('No host of place far is up.');
  });

  it('is refused for a place that is not there, wherever in its input it is named', () => {
    const clients = offer(CLIENTS, { ...nobody, dial: async (address) => ({ address, answer: 'refused' }) });
    const site = { ...siteOf(['up'], machines().offered, clients), placement: spread };
    expect(() => clear({ place: 'moon' }).check(site)).toThrow(
      expect.objectContaining({ status: 404, code: 'E_UNKNOWN_PLACE', why: 'places are near, far' }),
    );
    expect(() => dial({ to: { place: 'moon' } }).check(site)).toThrow(expect.objectContaining({ code: 'E_UNKNOWN_PLACE' }));
    expect(() => dial({ to: { place: 'far' } }).check(site)).not.toThrow();
  });
});

it('only what is not meant to fail is a planned change', () => {
  expect(scale.planned).toBe(true);
  expect([crash, powerLoss, replace].map(({ planned }) => planned)).toEqual([false, false, false]);
});

it('a host dies in three ways, two of which need its packets to vanish', async () => {
  const { done, offered } = machines();
  const power = offer(POWER, {
    lose: async (host) => void done.push(`lose ${host}`),
    destroy: async (host) => void done.push(`destroy ${host}`),
  });
  const site = siteOf(['up', 'up'], offered, power);
  expect(await powerLoss({ tier: 'front' }).run(site, signal)).toMatchObject({ result: { host: 'front-1' }, text: 'front-1 lost power' });
  expect(await destroy({ host: 'front-2' }).run(site, signal)).toMatchObject({ text: 'front-2 was destroyed with its disk' });
  const dead = siteOf(['up', 'down'], offered);
  expect(await powerOn({ tier: 'front' }).run(dead, signal)).toMatchObject({ text: 'front-2 is back, with the data on its disk' });
  expect(done).toEqual(['lose front-1', 'destroy front-2', 'power-on front-2']);
  const loud = siteOf(['up'], offered);
  expect(() => crash({ tier: 'front' }).check(loud)).not.toThrow();
  for (const silent of [powerLoss, destroy]) {
    expect(() => silent({ tier: 'front' }).check(loud)).toThrow(
      expect.objectContaining({ code: 'E_NO_SILENCE', do: './lab doctor', exit: 2 }),
    );
  }
});

it('a size that --set refuses is refused in its words, and nothing is done', async () => {
  const { done, offered } = machines({
    resize: async () => {
      throw new SettingError(
        '--set front.cpu=999 is not allowed.',
        'cpu (CPU budget of each host, in lab CPUs) must be 0.1 to 4',
        '--set front.cpu=4',
      );
    },
  });
  const refused = await resize({ tier: 'front', cpu: 999 }).run(siteOf(['up'], offered), signal);
  expect(refused).toMatchObject({
    result: { kind: 'refused', what: expect.stringContaining('front.cpu') },
    text: expect.stringMatching(/^refused: /),
  });
  expect(done).toEqual([]);
});

it('a size is one, a factor of the one there is, or that of another tier', async () => {
  const { done, offered } = machines();
  const site = siteOf(['up'], offered);
  expect(await resize({ tier: 'front', cpu: 2 }).run(site, signal)).toMatchObject({ result: { cpu: 2 } });
  expect(await resize({ tier: 'front', times: 1.5 }).run(site, signal)).toMatchObject({ text: 'front hosts have 1.5 lab CPUs' });
  expect(await resize({ tier: 'front', like: 'front' }).run(site, signal)).toMatchObject({ result: { cpu: 1 } });
  expect(await resize({ tier: 'front', like: 'back' }).run(site, signal)).toMatchObject({ result: { kind: 'refused' } });
  expect(done).toEqual(['resize front 2', 'resize front 1.5', 'resize front 1']);
});

it('clients ask the hosts that the site has', async () => {
  const clients = offer(CLIENTS, {
    get: async (path, _signal, host) => ({ url: path, status: 200, headers: { 'x-cache': host === 'e-1' ? 'hit' : 'odd' }, text: '' }),
    visit: nobody.visit,
    dial: async (address) => ({ address: `${address}:8080`, answer: 'refused' }),
  });
  const edges = offer(EDGES, { names: () => ['e-1', 'e-2'], purge: async () => [] });
  const site = siteOf(['up', 'up'], clients, edges);
  expect(await askEdges({ paths: ['/a'] }).run(site, signal)).toMatchObject({
    result: {
      answers: [
        { edge: 'e-1', path: '/a', from: 'hit' },
        { edge: 'e-2', path: '/a', from: 'none' },
      ],
    },
  });
  const { result } = await dial({ to: { tier: 'front' } }).run(site, signal);
  const { dials } = dial.result.parse(result);
  expect(dials.map(({ host }) => host)).toEqual(['front-1', 'front-2']);
});

it('writes are counted by what the load was promised', async () => {
  const row = (id: number) => ({ table: 'comments', id, mark: '', user: 12, text: 'Lovely', ackedMs: id });
  const databases = {
    failover: () => Promise.reject(new Error('not asked')),
    recover: async () => [],
    guarantee: async () => {},
    lag: () => Promise.reject(new Error('not asked')),
    missing: async (rows: readonly PromisedRow[]) => rows.slice(1),
  };
  const groups = offer(DATABASES, new Map([['db', databases]]));
  const site = withOffers(siteOf(['up'], groups), [offer(PROMISES, { promised: async () => [row(1), row(2)] })]);
  expect(await countWrites({}).run(site, signal)).toEqual({
    result: { kind: 'done', promised: 2, missing: [{ row: 'comments id=2', user: 12, text: 'Lovely' }] },
    text: '1 of 2 acknowledged writes are missing',
  });
  expect(() => countWrites({ group: 'other' }).check(site)).toThrow(
    expect.objectContaining({ code: 'E_UNKNOWN_GROUP', why: 'groups are db' }),
  );
  const two = siteOf(
    ['up'],
    offer(
      DATABASES,
      new Map([
        ['db', databases],
        ['more', databases],
      ]),
    ),
    offer(PROMISES, { promised: async () => [] }),
  );
  await expect(countWrites({}).run(two, signal)).rejects.toThrow('This site has several groups of databases.');
  expect(await countWrites({ group: 'more' }).run(two, signal)).toMatchObject({ result: { promised: 0 } });
});

describe('the catalogue of actions', () => {
  it('has each name once, with a summary', () => {
    const names = actions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, summary } of actions) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(summary).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('makes one of plain data, checked', () => {
    const action = actionFrom(actions, { action: 'scale', input: { tier: 'front', count: 3 } });
    expect(action).toMatchObject({ name: 'scale', input: { tier: 'front', count: 3 } });
    for (const wrong of [
      { action: 'scale', input: { tier: 'front', count: 0 } },
      { action: 'scale', input: { tier: 'front', count: 3, more: 1 } },
      { action: 'explode', input: {} },
      { action: 'purge', input: { path: 'no path' } },
      null,
    ]) {
      expect(() => actionFrom(actions, wrong)).toThrow(z.ZodError);
    }
  });
});

it('a stage defines an action, and what it needs, of its own', async () => {
  const LIGHTS = capability<{ on(): string }>('lights', { what: 'There are no lights.', why: 'it is dark', code: 'E_DARK' });
  const light = defineAction({
    name: 'light',
    summary: 'Light a tier',
    subject: 'tier',
    input: z.strictObject({ tier: z.string() }),
    result: z.object({ colour: z.string() }),
    needs: { lights: LIGHTS },
    run: async (_, { lights }) => ({ colour: lights.on() }),
    sentence: ({ tier }, { colour }) => `${tier} shines ${colour}`,
  });
  const site = siteOf(['up'], offer(LIGHTS, { on: () => 'blue' }));
  expect(await light({ tier: 'front' }).run(site, signal)).toEqual({ result: { kind: 'done', colour: 'blue' }, text: 'front shines blue' });
  expect(light.inputOf(light({ tier: 'front' }))).toEqual({ tier: 'front' });
  expect(light.inputOf(crash({ tier: 'front' }))).toBeNull();
  await expect(light({ tier: 'front' }).run(siteOf(['up']), signal)).rejects.toThrow('There are no lights.');
});
