import { afterAll, expect, it } from '@jest/globals';
import { PORTS } from '@loadstair/topology';
import { leftoversOf } from '@loadstair/verify';
import { lab, labOk, statusOf } from './testing/lab-command.ts';

const INSTANCE = 44;
const AT = ['--instance', String(INSTANCE)];
const START_MS = 120_000;
const FAR_MS = 40;

afterAll(async () => {
  await lab(['down', ...AT]);
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, START_MS);

/** Hosts that a proxy stands before, by their addresses. */
async function proxied(): Promise<string[]> {
  const answer = await fetch(`http://127.${INSTANCE}.254.1:${PORTS.distance}/proxies`);
  const proxies = Object.values((await answer.json()) as Record<string, { upstream: string }>);
  return proxies.map(({ upstream }) => upstream.replace(/:\d+$/, '')).sort();
}

async function webAddresses(): Promise<string[]> {
  const { hosts } = await statusOf(INSTANCE);
  return hosts
    .filter(({ tier }) => tier === 'web')
    .map(({ address }) => address)
    .sort();
}

it(
  'a way of its own leads to each host that joins a far tier, and goes with it',
  async () => {
    await labOk('up', '3', '--set', `web.distance=${FAR_MS}`, ...AT);
    expect(await proxied()).toEqual(await webAddresses());
    await labOk('scale', 'web', '3', ...AT);
    const three = await webAddresses();
    expect(three).toHaveLength(3);
    expect(await proxied()).toEqual(three);
    await labOk('scale', 'web', '1', ...AT);
    expect(await proxied()).toEqual(await webAddresses());

    const { url } = await statusOf(INSTANCE);
    const beganMs = performance.now();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(FAR_MS);
  },
  START_MS,
);
