import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { badRequests, type ApiDocument, type Target } from './testing/bad-requests.ts';
import { lab, LAB_FOLDER, labOk, statusOf } from './testing/lab-command.ts';
import { sendRaw } from './testing/raw-request.ts';

const INSTANCE = 41;
const AT = ['--instance', String(INSTANCE)];
const SITE = `http://127.${INSTANCE}.100.1:8080`;
const START_MS = 120_000;
const REQUESTS = 1_000;
/** Another seed makes other requests: `LOADSTAIR_SEED=7`. */
const SEED = Number(process.env['LOADSTAIR_SEED'] ?? 15);

let labd: { readonly url: string; readonly pid: number; readonly token: string };

beforeAll(async () => {
  await labOk('up', '1', ...AT);
  labd = JSON.parse(readFileSync(join(LAB_FOLDER, 'instances', String(INSTANCE), 'labd.json'), 'utf8')) as typeof labd;
}, START_MS);

afterAll(async () => {
  await lab(['down', ...AT]);
}, START_MS);

const documentOf = async (url: string): Promise<ApiDocument> => (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;

/** Process ids of labd and of every program of every host. */
async function programs(): Promise<unknown> {
  const { pid, hosts } = await statusOf(INSTANCE);
  return { pid, hosts: hosts.map(({ name, components }) => ({ name, components })) };
}

/** Sends them in turn; fails with the first that is answered with 5xx, made as small as it gets. */
async function sendBad(url: string, target: Target): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(badRequests(target), async (request) => {
      const status = await sendRaw(url, request);
      const kind = status === null ? 'closed' : `${Math.floor(status / 100)}xx`;
      answers[kind] = (answers[kind] ?? 0) + 1;
      if (status !== null) expect(status).toBeLessThan(500);
    }),
    { numRuns: REQUESTS, seed: SEED },
  );
  return answers;
}

describe(`bad requests, seed ${SEED}`, () => {
  it('are no 500 at labd, and nothing ends', async () => {
    const before = await programs();
    const answers = await sendBad(labd.url, {
      document: await documentOf(labd.url),
      key: ['authorization', `Bearer ${labd.token}`],
      picture: Buffer.from('no picture'),
      // A run, a bench or a shutdown would follow.
      mayChange: false,
    });
    expect(answers['4xx']).toBeGreaterThan(REQUESTS / 3);
    expect(await programs()).toEqual(before);
  }, 60_000);

  it('are no 500 at the site, and nothing ends', async () => {
    const before = await programs();
    const session = await fetch(`${SITE}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"user":12}',
    });
    const { token } = (await session.json()) as { token: string };
    const answers = await sendBad(SITE, {
      document: await documentOf(SITE),
      key: ['authorization', `Bearer ${token}`],
      picture: Buffer.from(await (await fetch(`${SITE}/photos/1/image`)).arrayBuffer()),
      mayChange: true,
    });
    expect(answers['4xx']).toBeGreaterThan(REQUESTS / 3);
    expect((await fetch(`${SITE}/readyz`)).status).toBe(200);
    expect((await fetch(`${SITE}/?user=12`)).status).toBe(200);
    expect(await programs()).toEqual(before);
  }, 60_000);
});
