import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FROM_SITE_ITSELF, type SitePlan } from './plan.ts';
import { openPlan, PlanUnreadable, type PlanSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-plan-'));
const file = join(folder, 'plan.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = (primary: string): SitePlan => ({
  place: 'east',
  databases: [{ name: 'main', primary: { name: primary, url: `postgres://site@${primary}/photos` }, replicas: null }],
  consistency: 'none',
  caches: null,
  sessions: [],
  queue: [],
  files: FROM_SITE_ITSELF,
});
const put = (text: string): void => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};
const refuse = (error: unknown): never => {
  throw error;
};
const next = (source: PlanSource): Promise<SitePlan> => new Promise((resolve) => source.follow(resolve));

describe('a plan in a file', () => {
  it('is read at once, and again when another one is put in its place', async () => {
    put(JSON.stringify(plan('db-1')));
    const source = await openPlan(file, refuse);
    const changed = next(source);
    expect(source.plan).toEqual(plan('db-1'));
    put(JSON.stringify(plan('db-2')));
    expect(await changed).toEqual(plan('db-2'));
    expect(source.plan).toEqual(plan('db-2'));
    source.stop();
  });

  it('stays as it was while another one cannot be read, and says so', async () => {
    put(JSON.stringify(plan('db-1')));
    let told: (error: unknown) => void = () => {};
    const error = new Promise((resolve) => (told = resolve));
    const source = await openPlan(file, (reason) => told(reason));
    put('{"place":"east"}');
    expect(String(await error)).toMatch(/databases/);
    expect(source.plan).toEqual(plan('db-1'));
    source.stop();
  });
});

it('is the text itself where there is one, and all of it is checked', async () => {
  expect((await openPlan(JSON.stringify(plan('db-1')), refuse)).plan).toEqual(plan('db-1'));
  await expect(openPlan('{"databases":[]}', refuse)).rejects.toThrow(/environment.*place/s);
});

it('names where a first plan should have been', async () => {
  await expect(openPlan(join(folder, 'absent.json'), refuse)).rejects.toThrow(PlanUnreadable);
  await expect(openPlan('http://127.0.0.1:9/plan', refuse)).rejects.toThrow(/127\.0\.0\.1:9/);
});

it('is asked for again where a server has it', async () => {
  let text = JSON.stringify(plan('db-1'));
  const server = createServer((_request, response) => response.end(text)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const source = await openPlan(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, refuse);
  try {
    expect(source.plan).toEqual(plan('db-1'));
    text = JSON.stringify(plan('db-2'));
    expect(await next(source)).toEqual(plan('db-2'));
  } finally {
    source.stop();
    server.closeAllConnections();
    server.close();
  }
});
