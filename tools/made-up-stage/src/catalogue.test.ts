import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { resourcesOf, scrapeTargets } from '@loadstair/measure';
import { toolOf } from '@loadstair/runtime';
import {
  settingLines,
  settingsOfStages,
  stageByNumber,
  stageLines,
  stageListLines,
  stages,
  toolNeededBy,
  toolsFor,
  UnknownStage,
} from '@loadstair/stages';
import { applyLive, applySettings, diff, diffLines, placeTopology, validate, type Topology } from '@loadstair/topology';
import { NUMBER } from './number.ts';
import { registerStampedPhotos } from './register.ts';
import { stampedPhotos, topology } from './stage.ts';
import { whileRegistered } from './testing/registered.ts';

it('is unknown until it is registered, and afterwards', () => {
  const before = stageListLines();
  expect(() => stageByNumber(NUMBER)).toThrow(UnknownStage);
  const forget = registerStampedPhotos();
  expect(stageByNumber(NUMBER)).toBe(stampedPhotos);
  expect(() => registerStampedPhotos()).toThrow('already');
  forget();
  expect(stageListLines()).toEqual(before);
  expect(() => stageByNumber(NUMBER)).toThrow(UnknownStage);
  expect(declarations.has('inkpress')).toBe(false);
});

describe('once it is registered', () => {
  whileRegistered();

  it('can be run', () => {
    expect(validate(topology, declarations)).toEqual([]);
  });

  it('is in `./lab stages`', () => {
    expect(stages.at(-1)).toBe(stampedPhotos);
    expect(stageListLines().at(-1)).toMatch(new RegExp(`^ ${NUMBER}  stamped-photos .*inkroom ×2`));
    expect(stageListLines().filter((line) => [...line].length > 80)).toEqual([]);
    const lines = stageLines(stageByNumber(NUMBER));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}inkroom +2 +1 +64 MiB +inkpress +private/));
    expect(lines).toEqual(expect.arrayContaining(['  lb → inkroom   http', '  inkroom → web   http', '  web → strongroom   sql']));
  });

  it('is in `./lab settings`, with what its component may be set to', () => {
    const text = settingLines(settingsOfStages(NUMBER)).join('\n');
    expect(text).toMatch(/ {2}inkroom\.pads=2 +stamps that one host makes at once: 1 to 64/);
    expect(text).toMatch(/ {2}inkroom\.colour +what the stamps look like: black, violet; live/);
  });

  it('is changed by `--set`, and while it runs by what its component takes then', () => {
    const set = (texts: readonly string[], how = applySettings): unknown =>
      how(topology, texts, declarations).tiers.find(({ name }) => name === 'inkroom')?.settings;
    expect(set(['inkroom.pads=7'])).toEqual({ inkpress: { pads: 7 } });
    expect(set(['inkroom.colour=violet'], applyLive)).toEqual({ inkpress: { pads: 2, colour: 'violet' } });
    expect(() => set(['inkroom.pads=65'])).toThrow('pads');
    expect(() => set(['inkroom.pads=7'], applyLive)).toThrow('cannot be changed while the site runs');
  });

  it('differs from the stage before by what it adds', () => {
    expect(diffLines(diff(stageByNumber(NUMBER - 1).topology, topology, declarations))).toEqual(
      expect.arrayContaining(['  + tier inkroom   2 hosts, inkpress, 1 lab CPU, 64 MiB', '  + link web → strongroom   sql']),
    );
  });

  it('needs the program of its component', () => {
    expect(toolsFor(topology)).toContain('inkpress');
    expect(toolNeededBy(toolOf('inkpress'), stages)).toBe(`stage ${NUMBER}`);
  });

  it('has the limits and the metrics of its component measured', () => {
    const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
    expect(resourcesOf(placement, 0.1)).toContainEqual(
      expect.objectContaining({ id: 'inkroom-2/inkpress/stamp-ink', tier: 'inkroom', kind: 'stamp-ink', limit: 2 }),
    );
    const { address } = placement.hosts.find(({ name }) => name === 'inkroom-1') ?? {};
    expect(scrapeTargets(placement)).toContainEqual({
      targets: [`${address}:7346`],
      labels: { host: 'inkroom-1', tier: 'inkroom', component: 'inkpress', __metrics_path__: '/metrics' },
    });
  });
});

describe('two Redis tiers', () => {
  whileRegistered();
  const memory = (of: Topology): unknown[] =>
    ['cache', 'cloakroom'].map((tier) => of.tiers.find(({ name }) => name === tier)?.settings['redis']?.['maxmemory']);

  it('keep settings of one key apart', () => {
    const [cache] = memory(topology);
    expect(memory(applySettings(topology, ['cloakroom.maxmemory=16'], declarations))).toEqual([cache, 16]);
    expect(memory(applySettings(topology, ['cache.maxmemory=20', 'cloakroom.maxmemory=9'], declarations))).toEqual([20, 9]);
  });

  it('offer what their role has: entries of sessions do not end', () => {
    const lines = settingLines(settingsOfStages(NUMBER)).filter((line) => /^ {2}(cache|cloakroom)\.(ttl|maxmemory)=/.test(line));
    expect(lines.map((line) => line.trim().split('=')[0])).toEqual(['cache.ttl', 'cache.maxmemory', 'cloakroom.maxmemory']);
  });
});
