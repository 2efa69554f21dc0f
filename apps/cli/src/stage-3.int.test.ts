import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, labOk, statusOf, type StatusJson } from './testing/lab-command.ts';
import { labMetricsUrl, requestsServed, scrape } from './testing/metrics.ts';
import { failedOf, startOpenLoop, type OpenLoop, type Sent } from './testing/open-loop.ts';

const INSTANCE = 24;
const AT = ['--instance', String(INSTANCE)];
const CLIENT = `127.${INSTANCE}.200.5`;
const TIMEOUT_MS = 90_000;
/** Few enough for any machine; the hosts have no budgets while no run goes. */
const RATE = 30;
/** HAProxy looks every 500 ms and takes a server out after two bad looks; the rest is a look's own time and ours. */
const OUT_OF_SERVICE_MS = 2 * 500 + 500;

let up: StatusJson;
let loop: OpenLoop | null = null;
const hostOf = (status: StatusJson, name: string): StatusJson['hosts'][number] => {
  const host = status.hosts.find((one) => one.name === name);
  if (host === undefined) throw new Error(`no ${name} in ${JSON.stringify(status)}`);
  return host;
};

beforeAll(async () => {
  await labOk('up', '3', ...AT);
  up = await statusOf(INSTANCE);
}, TIMEOUT_MS);

afterAll(async () => {
  await loop?.stop();
  await lab(['down', ...AT]);
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, TIMEOUT_MS);

/** Does something while requests go on, some before and some after it. */
async function underLoad(work: () => Promise<void>): Promise<readonly Sent[]> {
  const running = startOpenLoop(up.url as string, CLIENT, RATE);
  loop = running;
  try {
    await eventually('the first answers', 10_000, () => (running.ended() >= RATE / 2 ? true : null));
    await work();
    const before = running.ended();
    await eventually('answers afterwards', 20_000, () => (running.ended() >= before + 2 * RATE ? true : null));
  } finally {
    loop = null;
  }
  const all = await running.stop();
  expect(all.length).toBeGreaterThan(RATE);
  return all;
}

/** Waits until a server has answered a fair part of what the loop sends in a second. */
const takesItsShare = (address: string): Promise<number> =>
  eventually(`${address} answers requests`, 10_000, async () => {
    const served = await requestsServed(address);
    return served >= RATE / 6 ? served : null;
  });

describe('stage 3 up', () => {
  it('has the status the issue asks for', () => {
    expect(up).toEqual({
      schema: 1,
      instance: INSTANCE,
      pid: expect.any(Number),
      state: 'up',
      url: `http://127.${INSTANCE}.100.1:8080`,
      stage: 3,
      slug: 'load-balancer',
      holds: { stage: 3, slug: 'load-balancer' },
      machine: expect.any(String),
      isolation: expect.stringMatching(/^(on|off)$/),
      endsAtMs: null,
      budgets: 'on',
      hosts: expect.any(Array),
      run: null,
    });
    expect(up.hosts.map(({ name, tier, state }) => `${name} ${tier} ${state}`).sort()).toEqual([
      'db-1 db up',
      'lb-1 lb up',
      'web-1 web up',
      'web-2 web up',
    ]);
    for (const host of up.hosts) {
      expect(host).toMatchObject({
        address: expect.stringMatching(`^127\\.${INSTANCE}\\.0\\.\\d+$`),
        cpu: host.tier === 'db' ? 0.75 : 1,
        sinceMs: expect.any(Number),
      });
      for (const { pid } of host.components) expect(() => process.kill(pid as number, 0)).not.toThrow();
    }
    expect(() => process.kill(up.pid as number, 0)).not.toThrow();
  });

  it('shows the same to a person, and a host’s log', async () => {
    const shown = await labOk('status', ...AT);
    for (const { name, address } of up.hosts) expect(shown).toMatch(new RegExp(`${name} +up +${address.replaceAll('.', '\\.')}`));
    expect(shown).not.toContain('clients can reach private hosts');
    const lines = (await labOk('logs', 'web-1', '--lines', '5', ...AT)).split('\n').filter(Boolean);
    expect(lines.length).toBeLessThanOrEqual(5);
    expect(lines.map((line) => (JSON.parse(line) as { host: string }).host)).toEqual(lines.map(() => 'web-1'));
  });

  it('keeps clients out of private hosts, and lets them into the public edge', async () => {
    const dial = async (host: string, port: number, localAddress?: string): Promise<string> => {
      const socket = connect({ host, port, ...(localAddress === undefined ? {} : { localAddress }) });
      try {
        await once(socket, 'connect');
        return 'connected';
      } catch (error) {
        return (error as NodeJS.ErrnoException).code ?? String(error);
      } finally {
        socket.destroy();
      }
    };
    for (const name of ['web-1', 'web-2', 'lb-1', 'db-1']) {
      const { address } = hostOf(up, name);
      const port = name === 'db-1' ? 5432 : name === 'lb-1' ? 8405 : 8080;
      expect({ name, from: 'a client', got: await dial(address, port, CLIENT) }).toEqual({ name, from: 'a client', got: 'ECONNREFUSED' });
      // The server is there: who is no client reaches it.
      expect({ name, from: 'the lab', got: await dial(address, port) }).toEqual({ name, from: 'the lab', got: 'connected' });
    }
    expect(await dial(`127.${INSTANCE}.254.1`, 9090, CLIENT)).toBe('ECONNREFUSED');
    expect(await dial(hostOf(up, 'lb-1').publicAddress as string, 8080, CLIENT)).toBe('connected');
  });

  it('answers for photos.lab in its own name server, and for no other name', async () => {
    const resolver = new Resolver({ timeout: 2_000, tries: 1 });
    resolver.setServers([`127.${INSTANCE}.254.1`]);
    expect(await resolver.resolve4('photos.lab')).toEqual([hostOf(up, 'lb-1').publicAddress]);
    expect(await resolver.resolve4('PHOTOS.lab')).toEqual([hostOf(up, 'lb-1').publicAddress]);
    await expect(resolver.resolve6('photos.lab')).rejects.toMatchObject({ code: 'ENODATA' });
    for (const name of ['web-1.lab', 'lab', 'example.org']) {
      await expect(resolver.resolve4(name)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    }
  });

  it(
    'spreads requests evenly',
    async () => {
      const served = async (): Promise<number[]> => Promise.all(['web-1', 'web-2'].map((name) => requestsServed(hostOf(up, name).address)));
      const before = await served();
      const all = await underLoad(async () => {});
      const grown = (await served()).map((count, index) => count - (before[index] as number));
      expect(failedOf(all)).toEqual([]);
      // Health checks are requests too, the same number for each.
      expect(Math.abs((grown[0] as number) - (grown[1] as number))).toBeLessThanOrEqual(0.1 * all.length + 4);
    },
    TIMEOUT_MS,
  );

  it(
    'takes a third web server into service without a failed request',
    async () => {
      const all = await underLoad(async () => {
        await labOk('scale', 'web', '3', ...AT);
        await takesItsShare(hostOf(await statusOf(INSTANCE), 'web-3').address);
      });
      expect(failedOf(all)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'stays up when a web server dies: requests fail only until the balancer has seen it',
    async () => {
      const all = await underLoad(async () => {
        await labOk('crash', 'web-1', ...AT);
      });
      const { state, sinceMs: killedMs, components } = hostOf(await statusOf(INSTANCE), 'web-1');
      expect(state).toBe('down');
      expect(components.map(({ pid }) => pid)).toEqual([null]);
      expect(all.some(({ dueMs }) => dueMs > killedMs + OUT_OF_SERVICE_MS)).toBe(true);
      const failed = failedOf(all);
      expect(failed.filter(({ dueMs, tookMs }) => dueMs + tookMs < killedMs || dueMs > killedMs + OUT_OF_SERVICE_MS)).toEqual([]);
      // Two of three servers go on all the time.
      const inWindow = all.filter(({ dueMs }) => dueMs >= killedMs && dueMs <= killedMs + OUT_OF_SERVICE_MS);
      expect(failed.length).toBeLessThan(inWindow.length / 2);
    },
    TIMEOUT_MS,
  );

  it('shows the dead server in its own metrics', async () => {
    const metrics = await scrape(labMetricsUrl(INSTANCE));
    expect(metrics.value('lab_host_up', { host: 'web-1', tier: 'web' })).toBe(0);
    expect(metrics.value('lab_host_up', { host: 'web-2', tier: 'web' })).toBe(1);
    expect(metrics.value('lab_fault_active', { host: 'web-1', fault: 'killed' })).toBe(1);
  });

  it('does not count the dead server as one when the tier is resized', async () => {
    await labOk('scale', 'web', '2', ...AT);
    const { hosts } = await statusOf(INSTANCE);
    expect(hosts.filter(({ tier }) => tier === 'web').map(({ name, state }) => `${name} ${state}`)).toEqual([
      'web-1 down',
      'web-2 up',
      'web-3 up',
    ]);
  });

  it(
    'puts a fresh server in place of the dead one; it gets its share, none fails',
    async () => {
      const all = await underLoad(async () => {
        expect(await labOk('replace', 'web-1', ...AT)).toContain('web-1 is replaced by web-4');
        await takesItsShare(hostOf(await statusOf(INSTANCE), 'web-4').address);
      });
      expect(failedOf(all)).toEqual([]);
      const metrics = await scrape(labMetricsUrl(INSTANCE));
      expect(metrics.value('lab_host_up', { host: 'web-1' })).toBeNull();
      expect(metrics.value('lab_host_up', { host: 'web-4' })).toBe(1);
      expect(metrics.value('lab_fault_active', { host: 'web-1' })).toBeNull();
    },
    TIMEOUT_MS,
  );

  it(
    'drains servers it takes away: none fails',
    async () => {
      const all = await underLoad(async () => {
        await labOk('scale', 'web', '2', ...AT);
      });
      expect(failedOf(all)).toEqual([]);
      expect((await statusOf(INSTANCE)).hosts.filter(({ tier }) => tier === 'web')).toHaveLength(2);
    },
    TIMEOUT_MS,
  );

  it.each([
    { args: ['crash', 'web-9'], says: 'Unknown host web-9.' },
    { args: ['replace', 'web-9'], says: 'Unknown host web-9.' },
    { args: ['logs', 'web-9'], says: 'Unknown host web-9.' },
    { args: ['scale', 'wbe', '3'], says: 'Unknown tier wbe.' },
    { args: ['scale', 'db', '2'], says: 'Tier db cannot be changed' },
  ])('refuses $args', async ({ args, says }) => {
    const { status, stderr } = await lab([...args, ...AT]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(says) });
  });
});
