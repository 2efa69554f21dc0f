import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import type { ResourceInfo } from '@loadstair/resources';
import type { HostReading, HostsReading } from '@loadstair/runtime';
import { applySettings, placeTopology } from '@loadstair/topology';
import { stageTwo } from './testing/stage-two.ts';
import { samplerCoverage, prometheusCoverage } from './coverage.ts';
import { predictSaturation } from './prediction.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { prometheusConfig, scrapeTargets } from './prometheus-config.ts';
import { resourcesOf, tiersOf } from './resources.ts';
import type { Samples, SoftSample } from './samples.ts';
import { machineUse, useOf } from './use.ts';

const CORES = 0.1;
const placement = placeTopology(stageTwo, { instance: 5, labFolder: '/lab' });
const resources = resourcesOf(placement, CORES);
const resource = (id: string): ResourceInfo => {
  const found = resources.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${resources.map((one) => one.id).join(', ')}`);
  return found;
};

/** A host that uses a constant share of everything: all counters at second t. */
const host = (name: string, t: number, cores: number): HostReading => ({
  host: name,
  tier: name.slice(0, -2),
  place: 'east',
  cpuSeconds: 100 + cores * t,
  cpuSecondsByComponent: { site: 60 + 0.75 * cores * t, postgres: 40 + 0.25 * cores * t },
  quotaCores: 0.1,
  periods: 10 * t,
  throttledPeriods: 3 * t,
  throttledSeconds: 0.1 * t,
  memoryBytes: 64 * 2 ** 20,
  memoryLimitBytes: 256 * 2 ** 20,
  planned: null,
  memoryFailures: 2 * t,
  ioReadBytes: 1000 * t,
  ioWriteBytes: 3000 * t,
  psiCpuSomeSeconds: 0,
  psiIoFullSeconds: 0.2 * t,
  psiMemoryFullSeconds: null,
});
const reading = (t: number): HostsReading => ({
  atMs: t * 1000,
  hosts: [host('web-1', t, 0.08), host('db-1', t, 0.04)],
  machine: { cores: 2, idleSeconds: 0.5 * t, stealSeconds: 0.02 * t, busySeconds: 1.48 * t, memoryAvailableBytes: 2 ** 30 },
  lab: { clients: 0.1 * t, prometheus: 0.01 * t, labd: 0.02 * t, burners: 1.1 * t },
});
const soft = (t: number): SoftSample[] => [
  {
    host: 'web-1',
    component: 'site',
    kind: 'pool',
    atMs: t * 1000,
    inUse: 4,
    waiting: t < 5 ? 2 : 6,
    waitSeconds: 0.5 * t,
    busySeconds: 5 * t,
    acquisitions: 250 * t,
  },
  {
    host: 'web-1',
    component: 'site',
    kind: 'event-loop',
    atMs: t * 1000,
    inUse: null,
    waiting: null,
    waitSeconds: null,
    busySeconds: 0.06 * t,
    acquisitions: null,
    gcSeconds: 0.016 * t,
    gcHelperSeconds: 0.008 * t,
  },
  {
    host: 'db-1',
    component: 'postgres',
    kind: 'lock',
    atMs: t * 1000,
    inUse: 8,
    waiting: 6,
    waitSeconds: null,
    busySeconds: null,
    acquisitions: null,
  },
];
const seconds = Array.from({ length: 41 }, (_, index) => index / 4);
const samples: Samples = {
  readings: seconds.map(reading),
  soft: seconds.filter((t) => Number.isInteger(t)).flatMap(soft),
  probes: [1, 2, 3, 4, 5].map((t) => ({ atMs: t * 1000, ms: t === 3 ? 9 : 0.5 + t / 100 })),
};
const window = { startMs: 2000, endMs: 8000, blockS: 1 };

describe('use of a resource', () => {
  it('CPU: busy share of its quota, throttled share, split by component', () => {
    const use = useOf(resource('web-1/cpu'), samples, window);
    expect(use).toMatchObject({ busy: expect.closeTo(0.8, 9), throttledShare: expect.closeTo(0.3, 9) });
    expect(use?.kind === 'cpu' ? use.byComponent : null).toEqual({ site: expect.closeTo(0.06, 9), postgres: expect.closeTo(0.02, 9) });
    expect(use?.blocks).toHaveLength(6);
    use?.blocks.forEach((busy) => expect(busy).toBeCloseTo(0.8, 9));
  });

  describe('replay: share of what the primary wrote that stayed behind', () => {
    const replay: ResourceInfo = { ...resource('db-1/postgres/lock'), id: 'db-1/postgres/replay', kind: 'replay' };
    /** 100 KiB a second are written; CPU time of replaying grows by 0.01 s a second, a quarter of what the host uses. */
    const using = (behindBytes: (t: number) => number): Samples => ({
      ...samples,
      soft: seconds
        .filter((t) => Number.isInteger(t))
        .map((t) => ({
          host: 'db-1',
          component: 'postgres',
          kind: 'replay',
          atMs: t * 1000,
          inUse: null,
          waiting: null,
          waitSeconds: null,
          busySeconds: 0.01 * t,
          acquisitions: null,
          replay: { writtenBytes: 102_400 * t, behindBytes: behindBytes(t), behindSeconds: null },
        })),
    });

    it.each([
      ['grows all the time', (t: number) => 25_600 * t, 0.25],
      ['is a level', () => 500_000, 0],
      ['reaches its level in the first half', (t: number) => Math.min(t, 4) * 102_400, 0],
      ['falls', (t: number) => 1e6 - 50_000 * t, 0],
    ])('%s', (_name, behindBytes, busy) => {
      const use = useOf(replay, using(behindBytes), window);
      expect(use).toMatchObject({ busy: expect.closeTo(busy, 6), behindBytes: behindBytes(8), replayCpuShare: expect.closeTo(0.25, 6) });
    });

    it('is nothing where nobody writes, and a blind spot where nobody looked', () => {
      const idle = using(() => 1e6);
      const still = {
        ...idle,
        soft: idle.soft.map((one) => ({ ...one, replay: { writtenBytes: 5, behindBytes: 1e6, behindSeconds: 9 } })),
      };
      expect(useOf(replay, still, window)?.busy).toBe(0);
      expect(useOf(replay, samples, window)).toBeNull();
    });
  });

  it('CPU of a bigger host is a smaller share', () => {
    const [big] = resourcesOf(
      placeTopology(applySettings(stageTwo, ['web.cpu=2'], declarations), { instance: 5, labFolder: '/lab' }),
      CORES,
    );
    expect(useOf(big as ResourceInfo, samples, window)?.busy).toBeCloseTo(0.4, 9);
  });

  it('pool: busy share, mean hold and wait of one acquisition, how many wait', () => {
    const use = useOf(resource('web-1/site/pool'), samples, window);
    // 5 connections held of 20; 250 acquisitions/s: 20 ms held, 2 ms waited each.
    expect(use).toMatchObject({ busy: expect.closeTo(0.25, 9), holdMs: expect.closeTo(20, 9), waitMs: expect.closeTo(2, 9) });
    // Readings at 2 … 8 s: three of 2 waiting, four of 6.
    expect(use).toMatchObject({ acquisitions: 1500, waiting: 30 / 7, waitingEnd: 6 });
  });

  it('event loop: active share, and nothing of holds', () => {
    const use = useOf(resource('web-1/site/event-loop'), samples, window);
    expect(use?.busy).toBeCloseTo(0.06, 9);
    expect(use).not.toHaveProperty('holdMs');
    expect(use).not.toHaveProperty('acquisitions');
  });

  it('locks: share of the active sessions that wait', () => {
    expect(useOf(resource('db-1/postgres/lock'), samples, window)).toMatchObject({ busy: 0.75, waiting: 6, waitingEnd: 6 });
  });

  it('disk: bytes a second and time stalled', () => {
    expect(useOf(resource('db-1/disk'), samples, window)).toMatchObject({
      bytesPerS: expect.closeTo(4000, 6),
      ioStall: expect.closeTo(0.2, 9),
      busy: expect.closeTo(0.2, 9),
    });
  });

  it('memory: share of the limit, failures, share of CPU that was garbage collection, and that on other threads', () => {
    expect(useOf(resource('web-1/memory'), samples, window)).toMatchObject({
      busy: 0.25,
      memoryFailures: 12,
      gcShare: expect.closeTo(0.3, 9),
      gcHelperShare: expect.closeTo(0.1, 9),
    });
  });

  it.each(['web-1/cpu', 'web-1/memory', 'db-1/disk', 'web-1/site/pool', 'db-1/postgres/lock'])('%s is null where it was not seen', (id) => {
    expect(useOf(resource(id), samples, { startMs: 20_000, endMs: 22_000, blockS: 1 })).toBeNull();
    expect(useOf(resource(id), { readings: [], soft: [], probes: [] }, window)).toBeNull();
  });
});

describe('use of the machine', () => {
  it('counts burners as idle, and hosts and lab programs as the lab’s', () => {
    expect(machineUse(samples, window)).toEqual({
      // (0.5 + 1.1) of 2 cores
      idle: expect.closeTo(0.8, 9),
      steal: expect.closeTo(0.01, 9),
      // busy 1.48 − hosts 0.12 − lab 1.23, of 2 cores
      outside: expect.closeTo(0.065, 9),
      generatorCores: expect.closeTo(0.1, 9),
      // 0.52, 0.54, 0.55 and a slow spell of 9: the upper of the middle two
      probeMs: 0.55,
    });
    expect(machineUse({ ...samples, probes: [] }, window).probeMs).toBeNull();
  });
});

describe('coverage', () => {
  it('of the sampler is the share of readings that exist', () => {
    expect(samplerCoverage(samples, 2000, 8000)).toBe(1);
    const half = { ...samples, readings: samples.readings.filter((one) => one.atMs < 5000) };
    expect(samplerCoverage(half, 2000, 8000)).toBe(0.5);
    expect(samplerCoverage({ ...samples, readings: [] }, 2000, 8000)).toBe(0);
    // Late by 4 ms each time, 15 readings fall into four seconds and not 16: nothing was missed.
    const late = { ...samples, readings: samples.readings.map((one, index) => ({ ...one, atMs: index * 254 })) };
    expect(samplerCoverage(late, 2035, 6035)).toBe(1);
    const oneMissing = { ...samples, readings: samples.readings.filter((one) => one.atMs !== 4000) };
    expect(samplerCoverage(oneMissing, 2000, 8000)).toBeCloseTo(23 / 24);
  });

  const answering = (up: number): PrometheusClient => ({
    query: async () => [{ labels: {}, points: [[8, up]] }],
    range: async () => [],
    exemplars: async () => [],
  });
  it('of Prometheus is the share of scrapes, and none when it is gone', async () => {
    await expect(prometheusCoverage(answering(6), 2000, 8000)).resolves.toBe(1);
    await expect(prometheusCoverage(answering(3), 2000, 8000)).resolves.toBe(0.5);
    await expect(prometheusCoverage({ ...answering(6), query: async () => [] }, 2000, 8000)).resolves.toBe(0);
    await expect(prometheusCoverage({ ...answering(6), query: async () => Promise.reject(new Error('gone')) }, 2000, 8000)).resolves.toBe(
      0,
    );
    await expect(prometheusCoverage(answering(6), 2000, 2400)).resolves.toBe(0);
  });
});

describe('prediction', () => {
  it('is where the first resource is full: 0.95 · load / use', () => {
    // web-1 CPU is 80 % busy at 40/s: 0.95 · 40 / 0.8.
    expect(predictSaturation(resources, samples, window, 40, 40)).toEqual({ load: expect.closeTo(47.5, 9), resource: 'web-1/cpu' });
    const pool = resources.filter((one) => one.kind === 'pool');
    expect(predictSaturation(pool, samples, window, 40, 40)).toEqual({ load: expect.closeTo(152, 9), resource: 'web-1/site/pool' });
    const loop = resources.filter((one) => one.kind === 'event-loop');
    expect(predictSaturation(loop, samples, window, 40, 40).resource).toBe('web-1/site/event-loop');
  });

  it('is what came back when the warm-up fell behind, if nothing is full before', () => {
    const pool = resources.filter((one) => one.kind === 'pool');
    expect(predictSaturation(pool, samples, window, 40, 80)).toEqual({ load: 40, resource: null });
    expect(predictSaturation([], samples, window, 40, 40)).toEqual({ load: Infinity, resource: null });
  });
});

describe('resources of a placement', () => {
  it('are CPU, memory and disk of every host, and what its components have', () => {
    expect(resources.map((one) => one.id)).toEqual([
      ...['web-1/cpu', 'web-1/memory', 'web-1/disk', 'web-1/site/pool', 'web-1/site/event-loop'],
      ...['db-1/cpu', 'db-1/memory', 'db-1/disk', 'db-1/postgres/lock', 'db-1/postgres/connections'],
    ]);
    expect(resource('web-1/cpu').limit).toBeCloseTo(0.1, 12);
    expect(resource('web-1/site/pool')).toMatchObject({ limit: 20, waitsOn: 'db', component: 'site', tier: 'web' });
    expect(tiersOf(placement)).toEqual([
      { name: 'web', hosts: ['web-1'] },
      { name: 'db', hosts: ['db-1'] },
    ]);
  });
});

describe('Prometheus is told', () => {
  it('every component that serves metrics, by private address', () => {
    const targets = scrapeTargets(placement);
    expect(targets.map((one) => one.labels['host'])).toEqual(['web-1']);
    expect(targets[0]).toEqual({
      targets: [`${placement.hosts[0]?.address}:9464`],
      labels: { host: 'web-1', tier: 'web', component: 'site', __metrics_path__: '/metrics' },
    });
  });

  it('how often: the lab each second, services every 5', () => {
    const config = JSON.parse(prometheusConfig({ labTarget: '127.5.254.1:9', targetsFile: '/t.json', ruleFiles: ['/r.yml'] })) as {
      global: { scrape_interval: string };
      rule_files: string[];
      scrape_configs: { job_name: string; scrape_interval?: string; honor_labels?: boolean; file_sd_configs?: { files: string[] }[] }[];
    };
    expect(config.global.scrape_interval).toBe('5s');
    expect(config.rule_files).toEqual(['/r.yml']);
    const odd = prometheusConfig({ labTarget: 'x', targetsFile: '/lab [1]/t.json', ruleFiles: ['/lab [1]/r.yml'] });
    for (const name of ['r.yml', 't.json']) expect(odd).toContain(JSON.stringify(String.raw`/lab \[1]/${name}`));
    const [lab, services] = config.scrape_configs;
    expect(lab).toMatchObject({ job_name: 'lab', scrape_interval: '1s', honor_labels: true });
    expect(services).toMatchObject({ job_name: 'services', file_sd_configs: [{ files: ['/t.json'] }] });
  });
});
