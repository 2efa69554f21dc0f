import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLab, type Lab } from '@loadstair/lab';
import type { StatusAnswer } from '@loadstair/lab-api';
import type { Operation } from '@loadstair/operations';
import { NUMBER } from './number.ts';
import { registerStampedPhotos } from './register.ts';

const INSTANCE = 41;
const REPOSITORY = resolve(import.meta.dirname, '../../..');
/** Of a site with fifteen hosts, beside other tests. */
const START_MS = 180_000;
const STOP_MS = 60_000;

let forget: () => void;
let lab: Lab;
let status: StatusAnswer;

beforeAll(async () => {
  forget = registerStampedPhotos();
  // Its program is found as every other one is.
  const path = [join(import.meta.dirname, '../bin'), process.env['PATH'] ?? ''].join(delimiter);
  lab = createLab({ instance: INSTANCE, repoFolder: REPOSITORY, labFolder: join(REPOSITORY, '.lab'), path });
  status = await lab.up({ stage: NUMBER, set: [], unbudgeted: true });
}, START_MS);

afterAll(async () => {
  await lab.stop();
  forget();
}, STOP_MS);

it('the stage starts on real hosts', () => {
  expect(status.hosts.filter(({ state }) => state !== 'up')).toEqual([]);
  expect(status.hosts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['inkroom-1', 'inkroom-2', 'cloakroom-1', 'strongroom-1', 'db-1', 'lb-1']),
  );
});

it('its site answers through the ink presses, with rows of both groups of databases', async () => {
  // Two users whose ids follow each other stand in different groups.
  for (const user of [12, 13]) {
    const answer = await fetch(`${status.url}/users/${user}`);
    expect([answer.status, answer.headers.get('x-stamp')]).toEqual([200, 'black']);
    expect(await answer.json()).toMatchObject({ id: user });
  }
});

it(
  'its action is done by what its component offers',
  async () => {
    const { id } = lab.operate({ action: 'refill-ink', input: { tier: 'inkroom', bottles: 2 } });
    let last: Operation = lab.operations.get(id);
    for await (const event of lab.operations.events(id).read(0, AbortSignal.timeout(START_MS)))
      if ('operation' in event) last = event.operation;
    expect(last).toMatchObject({ state: 'done', text: '2 hosts of inkroom took 2 bottles of ink each' });
  },
  START_MS,
);
