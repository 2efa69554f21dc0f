import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Secrets } from '@loadstair/components';
import { stageByNumber } from '@loadstair/stages';
import { parse } from 'yaml';
import { renderCompose, type RenderedFile } from './compose.ts';
import { planForContainers } from './container-plan.ts';

const GOLDEN = join(import.meta.dirname, 'testing', 'stage-3');
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
}
const composeOf = (files: readonly RenderedFile[]): Compose =>
  parse(files.find(({ path }) => path === 'compose.yaml')?.text ?? '', { version: '1.1' }) as Compose;

it('stage 3 as compose files is what it was; UPDATE_GOLDEN=1 writes it anew', () => {
  const files = render(3);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    rmSync(GOLDEN, { recursive: true, force: true });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(GOLDEN, path)), { recursive: true });
      writeFileSync(join(GOLDEN, path), text);
    }
  }
  const golden = readdirSync(GOLDEN, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(new Map(files.map(({ path, text }) => [join(GOLDEN, path), text]))).toEqual(
    new Map(golden.map((path) => [path, readFileSync(path, 'utf8')])),
  );
});

describe.each([1, 2, 3])('stage %i as compose files', (stage) => {
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

it('a stage whose databases follow each other is refused: official images cannot be told to copy one', () => {
  expect(() => render(4)).toThrow(/replica/);
});
