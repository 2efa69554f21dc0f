import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { prometheusClient } from '@loadstair/measure';
import { createStoredSeries } from './stored-series.ts';

const LIVE = '127.0.0.1:4587';
const STORED = '127.0.0.1:4588';
const client = prometheusClient(`http://${STORED}`);
let folder: string;
let live: StartedProcess;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-series-'));
  // Prometheus runs as a user of its own.
  chmodSync(folder, 0o755);
  data = join(folder, 'live');
  mkdirSync(data);
  writeFileSync(
    join(folder, 'live.json'),
    JSON.stringify({ scrape_configs: [{ job_name: 'itself', scrape_interval: '1s', static_configs: [{ targets: [LIVE] }] }] }),
  );
  live = startProcess('prometheus', [
    `--config.file=${join(folder, 'live.json')}`,
    `--storage.tsdb.path=${data}`,
    `--web.listen-address=${LIVE}`,
    '--web.enable-admin-api',
    '--log.level=error',
  ]);
  const scraped = async (): Promise<boolean> => (await prometheusClient(`http://${LIVE}`).query('up', Date.now())).length > 0;
  await until(scraped, { what: 'Prometheus has scraped itself', timeoutMs: 20_000 });
}, 30_000);

afterAll(async () => {
  await live.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stored = () => createStoredSeries({ instance: 54, labFolder: folder, path: process.env['PATH'] ?? '' }, STORED);
let made: ReturnType<typeof stored> | null = null;
afterEach(async () => made?.stop());

it('series of a Prometheus that has ended can be queried, those of each that was taken', async () => {
  made = stored();
  const url = `http://${LIVE}`;
  await made.take({ url, data });
  const takenMs = Date.now();
  expect(await made.url()).toBe(`http://${STORED}`);
  expect(await client.query('up{job="itself"}', takenMs)).toMatchObject([{ labels: { job: 'itself' }, points: [[expect.any(Number), 1]] }]);

  // The second is seen at once, although the first is being read.
  await made.take({ url, data });
  await made.url();
  expect(readdirSync(join(folder, 'series', 'data')).filter((name) => /^[0-9A-Z]{26}$/.test(name)).length).toBe(2);
  await live.stop();
  expect(await client.query('count(up)', takenMs)).toMatchObject([{ points: [[expect.any(Number), 1]] }]);
}, 60_000);

it('a Prometheus that does not answer costs its series, and not the end of its site', async () => {
  made = stored();
  await expect(made.take({ url: 'http://127.0.0.1:4586', data })).resolves.toBeUndefined();
}, 30_000);
