import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { lab, LAB_FOLDER, labOk, statusOf } from './testing/lab-command.ts';

const [ONE, OTHER] = [22, 23] as const;
const START_MS = 90_000;

afterAll(async () => {
  await Promise.all([ONE, OTHER].map((instance) => lab(['down', '--instance', String(instance)])));
}, START_MS);

it(
  'two instances side by side do not meet',
  async () => {
    await Promise.all([ONE, OTHER].map((instance) => labOk('up', '1', '--instance', String(instance))));
    const [one, other] = [await statusOf(ONE), await statusOf(OTHER)];
    expect(one.url).toBe(`http://127.${ONE}.100.1:8080`);
    expect(other.url).toBe(`http://127.${OTHER}.100.1:8080`);
    expect(one.pid).not.toBe(other.pid);

    // What is written in one is not in the other.
    const signUp = await fetch(`${one.url}/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        firstName: 'Only',
        lastName: 'Here',
        address: { streetAddress: '1 Main', city: 'Reno', state: 'NV', postalCode: 89501 },
        phoneNumbers: ['1'],
      }),
    });
    expect(signUp.status).toBe(201);
    const path = signUp.headers.get('location') as string;
    expect((await fetch(one.url + path)).status).toBe(200);
    expect((await fetch(other.url + path)).status).toBe(404);

    // Another stage does not take the place of one that is up.
    const second = await lab(['up', '2', '--instance', String(ONE)]);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain('E_INSTANCE_TAKEN');
    expect(second.stderr).toContain(`./lab down --instance ${ONE}, or add --instance ${ONE + 1}`);

    await labOk('down', '--instance', String(ONE));
    expect(leftoversOf(ONE)).toEqual([]);
    expect((await fetch(`${other.url}/users/12`)).status).toBe(200);
    expect(await statusOf(OTHER)).toEqual(other);
  },
  START_MS,
);

it('an instance of another user says whose right is needed', async () => {
  const folder = join(LAB_FOLDER, 'instances', String(ONE));
  const file = join(folder, 'labd.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, '{}', { mode: 0o600 });
  // A file of somebody else, read by one whom the kernel allows no exceptions: root without capabilities.
  chownSync(file, 12_345, 12_345);
  try {
    const { status, stderr } = await lab(['status', '--instance', String(ONE)], {
      under: ['setpriv', '--inh-caps=-all', '--bounding-set=-all', '--'],
    });
    expect(status).toBe(1);
    expect(stderr).toContain('E_OTHER_USER');
    expect(stderr).toContain(`sudo ./lab status --instance ${ONE}`);
  } finally {
    rmSync(file);
  }
});
