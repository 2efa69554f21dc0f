import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sealedRuns } from '@loadstair/runs';
import { brokenSite, gameOf, shownSite } from '@loadstair/stages';
import { hashOf, type Topology } from '@loadstair/topology';
import type { StatusAnswer } from '@loadstair/lab-api';
import { createLab, type Lab } from './lab.ts';
import { createReadings } from './reading/readings.ts';
import type { SiteRequest, SiteSession } from './site-session.ts';

const EVERY_RUN = { search: '', stage: '', kind: '', result: '', from: '', to: '', starred: '' } as const;
const CHOICE = { code: 'TIGER7', stage: 2, level: 1 };
const game = gameOf(CHOICE.code, CHOICE);

let labFolder: string;
let lab: Lab;
let started: Topology | null;
/** While the site was up. */
let status: StatusAnswer | null;

beforeEach(() => {
  labFolder = mkdtempSync(join(tmpdir(), 'loadstair-gameday-'));
  started = null;
  status = null;
  lab = createLab(config(), async (_config, request: SiteRequest) => siteOf(request));
});
afterEach(async () => {
  await lab.stop();
  rmSync(labFolder, { recursive: true, force: true });
});

const config = () => ({ instance: 7, port: 1, repoFolder: '/', labFolder, stateFile: join(labFolder, 'labd.json'), path: '', sources: '' });

/** A site that is up for a moment: what it is measured with fails at once. */
function siteOf({ topology }: SiteRequest): SiteSession {
  started = topology;
  const hosts = topology.tiers.map(({ name, cpu, memoryMiB }) => ({
    name: `${name}-1`,
    tier: name,
    cpu,
    memoryMiB,
    faults: ['block 15 ms'],
  }));
  return {
    site: { url: { direct: 'http://site' }, isolation: { state: 'on' }, budgets: 'on', hosts: () => hosts, burn: () => {}, rest: () => {} },
    keepSamples: () => {
      status = lab.status();
      throw new Error('nothing is measured here');
    },
    stop: async () => {},
  } as unknown as SiteSession;
}

it('starts the site with its cause, and shows the one without', async () => {
  const run = lab.gameday({ ...CHOICE, quick: true });
  const told: unknown[] = [];
  for await (const event of run.events.read(0, new AbortController().signal)) told.push(event);
  expect(started === null ? null : hashOf(started)).toBe(hashOf(brokenSite(game).topology));
  const { tiers } = shownSite(game).topology;
  expect(status?.hosts.map(({ tier, cpu, memoryMiB, faults }) => ({ tier, cpu, memoryMiB, faults }))).toEqual(
    tiers.map(({ name, cpu, memoryMiB }) => ({ tier: name, cpu, memoryMiB, faults: [] })),
  );
  const { injection, sign } = game.broken;
  for (const secret of [injection.name, injection.mechanism, sign, ...injection.set])
    expect(JSON.stringify([told, status])).not.toContain(secret);
});

it('is read by its signals, and neither listed nor judged, until it is opened', async () => {
  const { topology } = shownSite(game);
  const writer = sealedRuns(labFolder).create({
    schema: 1,
    stage: topology.stage,
    slug: topology.slug,
    topology,
    topologyHash: hashOf(topology),
    set: [],
    profile: 'pages',
    seed: 1,
    scale: 1,
    quick: true,
    burners: true,
    command: './lab gameday --code TIGER7',
    startedAt: '2026-11-30T10:00:00.000Z',
    machine: { cores: 2, model: 'x', memoryMiB: 1, freeMemoryMiB: 1, kernel: '6' },
    coresPerLabCpu: 0.1,
    versions: {},
  });
  writer.appendEvent({ type: 'phase', atMs: 1, phase: 'load', state: 'begun', text: '' });
  writer.writeSeries({ startMs: 1, endMs: 3, stepS: 2, panels: {}, annotations: {}, exemplars: {} });
  const { id } = writer;
  const readings = createReadings(config(), lab);
  expect(readings.run(id)).toEqual({ state: 'sealed', manifest: writer.manifest });
  expect(readings.runs({ ...EVERY_RUN, page: 1 }).total).toBe(0);
  expect(() => readings.whole(id)).toThrow('Unknown run');
  expect(readings.logs(id, { q: '', host: '', trace: '' }).total).toBe(0);
  expect((await readings.dashboard(id, 'run')).dashboard).toMatchObject({ uid: 'run' });
  expect(existsSync(join(labFolder, 'runs', id))).toBe(false);
});
