import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { experimentByName, experiments } from '@loadstair/stages';
import { EXPERIMENTS_TOLD, experimentChecks, type Held } from './experiment-checks.ts';
import { keptResults } from './kept-results.ts';
import { engineFolders, needsOf } from './needs.ts';
import type { Repository } from './repository.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'loadstair-experiment-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const repository: Repository = { head: 'abc', changed: new Set(), hashOf: () => 'same' };
let files = 0;

/** A selection, and what became of it when the first experiments told held and the others did not. */
async function checked(withinS: number | null, file: string, hold = Infinity): Promise<{ told: string[]; says: string }> {
  let told: string[] = [];
  const { check, says } = experimentChecks({
    experiments: experiments(),
    withinS,
    folder: REPOSITORY,
    repository,
    kept: keptResults(file),
    run: (environment) => ({
      name: 'jest',
      async run() {
        told = environment[EXPERIMENTS_TOLD.names]?.split(',') ?? [];
        for (const name of told.slice(0, hold)) {
          const held: Held = { name, tookS: 20 };
          appendFileSync(environment[EXPERIMENTS_TOLD.held] ?? '', `${JSON.stringify(held)}\n`);
        }
        return { passed: Math.min(hold, told.length), failed: hold < told.length ? 1 : 0 };
      },
    }),
  });
  await check?.run(() => {}, new AbortController().signal);
  return { told, says };
}

describe('experiments within a time', () => {
  it('says what it leaves out and how to run it, on 80 columns', async () => {
    const { told, says } = await checked(200, join(folder, `${++files}.json`));
    expect(told.length).toBeGreaterThan(2);
    expect(says).toContain(`${told.length} of ${experiments().length}`);
    const left = experiments().filter(({ name }) => !told.includes(name));
    for (const { name } of left) expect(says).toContain(name);
    expect(says).toContain('./lab test --all');
    for (const line of says.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('takes others the next time', async () => {
    const file = join(folder, `${++files}.json`);
    const first = await checked(200, file);
    const second = await checked(200, file);
    expect(second.told.filter((name) => first.told.includes(name))).toEqual([]);
  });
});

describe('all of them', () => {
  it('goes on where it stopped, and ends', async () => {
    const file = join(folder, `${++files}.json`);
    expect((await checked(null, file, 3)).told).toHaveLength(experiments().length);
    const rest = await checked(null, file);
    expect(rest.told).toHaveLength(experiments().length - 3);
    expect(rest.says).toContain('3 held before');
    expect(await checked(null, file)).toMatchObject({ told: [] });
  });
});

describe('what an experiment depends on', () => {
  const engine = engineFolders(REPOSITORY);
  const needs = needsOf(experimentByName('kill-web'), engine);

  it.each([
    ['libs/stages/src/03-load-balancer/stage.ts', true],
    ['libs/stages/src/01-single-server/stage.ts', true],
    ['libs/stages/src/05-cache/stage.ts', false],
    ['libs/stages/src/03-load-balancer/experiments/kill-web.ts', true],
    ['libs/stages/src/03-load-balancer/experiments/add-web.ts', false],
    ['libs/components/src/haproxy/config.ts', true],
    ['libs/components/src/varnish/config.ts', false],
    ['libs/components/src/component.ts', true],
    ['libs/runtime/src/process/supervisor.ts', true],
    ['libs/runtime/src/process/supervisor.test.ts', false],
    ['libs/photo-site/src/site.ts', true],
    ['libs/report-view/src/report.ts', false],
    ['apps/console/src/main.tsx', false],
    ['loadprofiles/journeys/journeys.ts', true],
    ['docs/explanation/architecture.md', false],
  ])('%s: %s', (path, expected) => {
    expect(needs(path)).toBe(expected);
  });
});
