import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Secrets } from '@loadstair/components';
import { stageByNumber, stages } from '@loadstair/stages';
import { databaseGroups } from '@loadstair/topology';
import { parse } from 'yaml';
import { renderCompose, type RenderedFile } from './compose.ts';
import { planForContainers } from './container-plan.ts';

const GOLDEN = join(import.meta.dirname, 'testing');
const secrets: Secrets = {
  database: 'database-secret',
  replication: 'replication-secret',
  cache: 'cache-secret',
  cacheAdmin: 'cache-admin-secret',
  edge: 'edge-secret',
  purge: 'purge-secret',
};
const render = (stage: number): RenderedFile[] =>
  renderCompose(planForContainers(stageByNumber(stage).topology, secrets), { coresPerLabCpu: 0.1 });

interface Service {
  readonly image: string;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly ipam: { readonly config: readonly { readonly ip_range: string }[] } }>>;
}
const composeOf = (files: readonly RenderedFile[]): Compose =>
  parse(files.find(({ path }) => path === 'compose.yaml')?.text ?? '', { version: '1.1' }) as Compose;

const rendered = stages.filter(({ topology }) => topology.names === undefined).map(({ topology }) => topology.stage);

it.each(rendered)('stage %i as compose files is what it was; UPDATE_GOLDEN=1 writes it anew', (stage) => {
  const files = render(stage);
  const folder = join(GOLDEN, `stage-${stage}`);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    rmSync(folder, { recursive: true, force: true });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  const golden = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(new Map(files.map(({ path, text }) => [join(folder, path), text]))).toEqual(
    new Map(golden.map((path) => [path, readFileSync(path, 'utf8')])),
  );
});

describe.each(rendered)('stage %i as compose files', (stage) => {
  const files = render(stage);
  const { services, volumes: named = {} } = composeOf(files);

  it('says the same each time', () => {
    expect(render(stage)).toEqual(files);
  });

  it('names only services and files that are there, and official images', () => {
    const paths = files.map(({ path }) => `./${path}`);
    for (const { image, volumes = [], depends_on = {}, network_mode } of Object.values(services)) {
      expect(image).toMatch(/^[a-z]+:[\d.]+/);
      for (const source of volumes.filter((volume) => !volume.startsWith('$')).map((volume) => volume.split(':')[0] ?? ''))
        expect([...paths, ...Object.keys(named)]).toContain(source);
      const others = [...Object.keys(depends_on), ...(network_mode === undefined ? [] : [network_mode.replace('service:', '')])];
      for (const name of others) expect(Object.keys(services)).toContain(name);
    }
  });
});

it('a replica is copied from its primary once that lets it in, before it starts', () => {
  const followers = stages.flatMap(({ topology }) =>
    rendered.includes(topology.stage)
      ? databaseGroups(topology).flatMap((group) => group.followers.map((tier) => ({ topology, group, tier })))
      : [],
  );
  expect(followers.length).toBeGreaterThan(0);
  for (const { topology, group, tier } of followers) {
    const { services } = composeOf(render(topology.stage));
    expect(services[`${tier}-1`]?.depends_on).toMatchObject({ [`${tier}-1-copy`]: { condition: 'service_completed_successfully' } });
    expect(services[`${tier}-1-copy`]).toMatchObject({
      depends_on: { [`${group.name}-1-admit`]: { condition: 'service_completed_successfully' } },
      networks: ['lab'],
    });
    // Both have the volume with the data, each host its own.
    const data = (name: string): readonly string[] => (services[name]?.volumes ?? []).filter((volume) => volume.endsWith('/postgres'));
    expect(data(`${tier}-1-copy`)).toEqual(data(`${tier}-1`));
    expect(data(`${tier}-2`)).not.toEqual(data(`${tier}-1`));
  }
});

it('no container gets the address of a host', () => {
  const [config] = composeOf(render(rendered.at(-1) as number)).networks['lab']?.ipam.config ?? [];
  expect(config?.ip_range).toMatch(/^172\.30\.253\./);
  const addresses = planForContainers(stageByNumber(rendered.at(-1) as number).topology, secrets).placement.hosts.map(
    ({ address }) => address,
  );
  expect(addresses.filter((address) => address.startsWith('172.30.253.'))).toEqual([]);
});

it('a stage whose names lead elsewhere from elsewhere is refused, by name', () => {
  const [named] = stages.filter(({ topology }) => topology.names !== undefined);
  expect(() => render(named?.topology.stage ?? 0)).toThrow(expect.objectContaining({ code: 'E_NOT_IN_CONTAINERS' }));
});
