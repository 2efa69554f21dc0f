import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { until } from '@loadstair/kit/node';
import type { Machines } from '@loadstair/operations';
import { stageByNumber } from '@loadstair/stages';
import { placeTopology } from '@loadstair/topology';
import fc from 'fast-check';
import { createLab, type Lab } from './lab.ts';
import { LabProblem } from './problem.ts';
import type { SiteRequest, SiteSession } from './site-session.ts';

const labFolder = mkdtempSync(join(tmpdir(), 'loadstair-lab-'));
afterAll(() => rmSync(labFolder, { recursive: true, force: true }));
const config = { instance: 7, port: 1, repoFolder: '/', labFolder, stateFile: join(labFolder, 'labd.json'), path: '', sources: '' };

/** Sites that take a while, and how many there are. */
function sites(stopFails: () => boolean = () => false) {
  const counts = { live: 0, most: 0, started: 0, stopped: 0 };
  const budgets = { now: 'lifted' };
  const start = async (_config: unknown, _request: SiteRequest, _onEvent: unknown, signal: AbortSignal): Promise<SiteSession> => {
    counts.live += 1;
    counts.most = Math.max(counts.most, counts.live);
    try {
      await delay(3, undefined, { signal });
    } catch (error) {
      await delay(1);
      counts.live -= 1;
      throw error;
    }
    counts.started += 1;
    return {
      site: {
        url: { direct: 'http://site' },
        isolation: { state: 'on' },
        budgeted: true,
        get budgets() {
          return budgets.now;
        },
        applyBudgets: async () => {
          budgets.now = 'on';
        },
        hosts: () => [],
        burn: () => {},
        rest: () => {},
      },
      // Where a measurement begins: here it fails at once, as one does in its warm-up, with its site up.
      keepSamples: () => {
        budgets.now = 'lifted';
        throw new Error('nothing is measured here');
      },
      async stop() {
        await delay(2);
        if (stopFails()) throw new Error('a group is left');
        counts.live -= 1;
        counts.stopped += 1;
      },
    } as unknown as SiteSession;
  };
  return { counts, start };
}

const RUN = {
  profile: null,
  set: [],
  quick: true,
  seed: null,
  scale: 1,
  unbudgeted: false,
  burners: true,
  search: false,
  trials: null,
  slo: null,
  around: null,
};
const REFUSALS = ['E_BUSY', 'E_RUNNING', 'E_INSTANCE_TAKEN', 'E_NOT_CLEAN'];

async function whole(run: () => { readonly events: ReturnType<Lab['run']>['events'] }): Promise<string[]> {
  const types: string[] = [];
  for await (const event of run().events.read(0, new AbortController().signal)) types.push(event.type);
  return types;
}

const ACTIONS: Readonly<Record<string, (lab: Lab) => Promise<unknown>>> = {
  up: (lab) => lab.up({ stage: 1, set: [], unbudgeted: false }),
  'up other': (lab) => lab.up({ stage: 2, set: [], unbudgeted: false }),
  run: (lab) => whole(() => lab.run({ ...RUN, stage: 1 })),
  experiment: (lab) => whole(() => lab.experiment({ name: 'kill-web', profile: null, quick: true, seed: null })),
  lend: (lab) => lab.lend(stageByNumber(1).topology, () => delay(2), new AbortController().signal),
  down: (lab) => lab.down(),
};

it('any interleaving of commands holds one site at most, stops each once, and ends idle', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ action: fc.constantFrom(...Object.keys(ACTIONS)), afterMs: fc.integer({ min: 0, max: 6 }) }), { maxLength: 10 }),
      async (steps) => {
        const { counts, start } = sites();
        const lab = createLab(config, start);
        const begun: Promise<unknown>[] = [];
        for (const { action, afterMs } of steps) {
          if (afterMs > 0) await delay(afterMs);
          begun.push(
            (async () => ACTIONS[action]?.(lab))().catch((error: unknown) => {
              const stopped = (error as Error).name === 'AbortError' || /nothing is measured/.test(String(error));
              if (!stopped && !(error instanceof LabProblem && REFUSALS.includes(error.code))) throw error;
            }),
          );
        }
        await lab.down();
        await Promise.all(begun);
        expect(lab.status()).toMatchObject({ state: 'idle', run: null, stage: null });
        expect(counts.most).toBeLessThanOrEqual(1);
        expect({ ...counts, most: 0 }).toEqual({ live: 0, most: 0, started: counts.stopped, stopped: counts.stopped });
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
}, 60_000);

it('says what it starts, and refuses a run meanwhile', async () => {
  const { start } = sites();
  const lab = createLab(config, start);
  const up = lab.up({ stage: 1, set: [], unbudgeted: false });
  expect(lab.status()).toMatchObject({ state: 'starting', holds: { stage: 1 }, stage: null });
  expect(() => lab.run({ ...RUN, stage: 1 })).toThrow(expect.objectContaining({ code: 'E_BUSY' }));
  await up;
  expect(lab.status()).toMatchObject({ state: 'up', stage: 1 });
  const down = lab.down();
  expect(lab.status().state).toBe('stopping');
  await expect(lab.up({ stage: 1, set: [], unbudgeted: false })).rejects.toMatchObject({ code: 'E_BUSY' });
  await down;
});

it('a site that is up has its budgets on, also after a measurement that ended in its warm-up', async () => {
  const { start } = sites();
  const lab = createLab(config, start);
  await lab.up({ stage: 1, set: [], unbudgeted: false });
  expect(lab.status()).toMatchObject({ state: 'up', budgets: 'on' });
  const { run } = lab.run({ ...RUN, stage: 1 });
  expect(lab.status()).toMatchObject({ state: 'measuring', run });
  await until(() => lab.status().state === 'up', { what: 'the site given back', timeoutMs: 5000, everyMs: 1 });
  expect(lab.status()).toMatchObject({ state: 'up', budgets: 'on', run: null });
  await lab.down();
});

it('a site that did not end is named, keeps the instance, and can be ended again', async () => {
  let fails = true;
  const { counts, start } = sites(() => fails);
  const lab = createLab(config, start);
  await lab.up({ stage: 1, set: [], unbudgeted: false });
  await expect(lab.down()).rejects.toMatchObject({ code: 'E_NOT_CLEAN', why: 'a group is left' });
  expect(lab.status().state).toBe('not-clean');
  await expect(lab.up({ stage: 1, set: [], unbudgeted: false })).rejects.toMatchObject({ code: 'E_NOT_CLEAN' });
  fails = false;
  await lab.down();
  expect(lab.status().state).toBe('idle');
  expect(counts.live).toBe(0);
});

it('a run that fails tells its readers why, and leaves no site', async () => {
  const { counts, start } = sites();
  const lab = createLab(config, start);
  const types = await whole(() => lab.run({ ...RUN, stage: 1 }));
  expect(types.at(-1)).toBe('failed');
  expect(counts.live).toBe(0);
  expect(lab.status().state).toBe('idle');
});

it('tells a running measurement of a planned change of hosts, and of no other', async () => {
  const { start } = sites();
  const planned: string[] = [];
  const done: string[] = [];
  const lab = createLab(config, async (...given) => {
    const [settings, request, onEvent, signal] = given;
    const session = await start(settings, request, onEvent, signal);
    const machines: Partial<Machines> = {
      scale: async (tier, count) => void done.push(`scale ${tier} ${count}`),
      replace: async (host) => {
        done.push(`replace ${host}`);
        return { name: 'web-2', tier: 'web', address: '', state: 'up', role: null };
      },
    };
    const { topology } = given[1];
    return {
      ...session,
      site: {
        ...session.site,
        placement: placeTopology(topology, config),
        hosts: () => [{ name: 'web-1', tier: 'web', state: 'up' }],
        capability: () => machines,
      },
      asPlanned: async <Result>(work: () => Promise<Result>): Promise<Result> => {
        planned.push('begun');
        return await work().finally(() => planned.push('ended'));
      },
      retarget: () => {},
    } as unknown as SiteSession;
  });
  await lab.up({ stage: 2, set: [], unbudgeted: false });
  const operate = async (action: string, input: unknown): Promise<string> => {
    const { id } = lab.operate({ action, input });
    for await (const event of lab.operations.events(id).read(0, new AbortController().signal))
      if (event.type === 'ended') return event.operation.state;
    return 'lost';
  };
  expect(await operate('replace', { host: 'web-1' })).toBe('done');
  expect(planned).toEqual([]);
  expect(await operate('scale', { tier: 'web', count: 2 })).toBe('done');
  expect(planned).toEqual(['begun', 'ended']);
  expect(done).toEqual(['replace web-1', 'scale web 2']);
  await lab.down();
});
