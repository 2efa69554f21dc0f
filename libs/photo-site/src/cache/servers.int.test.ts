import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { retry } from '../testing/retry.ts';
import type { PeerServer } from '@loadstair/site-plan';
import { HELD } from './server.ts';
import { cacheServers, type CacheServers } from './servers.ts';

const ADDRESSES = { 'cache-1': '127.99.0.41', 'cache-2': '127.99.0.42' } as const;
const PORT = 6379;
const KEYS = Array.from({ length: 40 }, (_, index) => `key:${index}`);
const TTL_MS = 60_000;

const started: ChildProcess[] = [];
let open: CacheServers | null = null;

afterEach(async () => {
  open?.close();
  open = null;
  for (const child of started.splice(0)) {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
});

type Name = keyof typeof ADDRESSES;

function start(name: Name, more: readonly string[] = []): PeerServer & { readonly child: ChildProcess } {
  const address = ADDRESSES[name];
  const child = spawn('redis-server', ['--bind', address, '--port', String(PORT), '--save', '', '--appendonly', 'no', ...more], {
    stdio: 'ignore',
  });
  started.push(child);
  return { name, address, port: PORT, child };
}

/** How often a server was asked for each command so far. */
async function commandsOf({ address }: PeerServer): Promise<Record<string, number>> {
  const client = new Redis({ host: address, port: PORT });
  try {
    const lines = (await client.info('commandstats')).matchAll(/^cmdstat_(\w+):calls=(\d+)/gm);
    return Object.fromEntries([...lines].map(([, name = '', calls]) => [name, Number(calls)]));
  } finally {
    client.disconnect();
  }
}

/** Both in service, and every key on one of them. */
async function bothFull(): Promise<{ readonly servers: CacheServers; readonly hosts: readonly [Started, Started] }> {
  const hosts = [start('cache-1'), start('cache-2')] as const;
  const servers = (open = cacheServers(() => {}));
  servers.adopt(hosts);
  await retry(5_000, async () => expect(new Set(await askedOf(servers))).toEqual(new Set(['cache-1', 'cache-2'])));
  await Promise.all(KEYS.map((key) => servers.put(key, key, TTL_MS, 'anything')));
  return { servers, hosts };
}
type Started = ReturnType<typeof start>;

const askedOf = (servers: CacheServers): Promise<string[]> =>
  Promise.all(
    KEYS.map(async (key) => {
      const answer = await servers.get(key);
      return answer.kind === 'nobody' ? 'nobody' : answer.host;
    }),
  );
const found = async (servers: CacheServers): Promise<number> =>
  (await Promise.all(KEYS.map((key) => servers.get(key)))).filter(({ kind }) => kind === 'there').length;

it('spreads keys over its servers, finds them again, and fills nothing that is there', async () => {
  const { servers } = await bothFull();
  expect(await found(servers)).toBe(KEYS.length);
  await servers.put(KEYS[0] as string, 'other', TTL_MS, 'nothing');
  expect(await servers.get(KEYS[0] as string)).toMatchObject({ kind: 'there', value: Buffer.from(KEYS[0] as string) });
  await servers.put(KEYS[0] as string, 'other', TTL_MS, Buffer.from('something else'));
  expect(await servers.get(KEYS[0] as string)).toMatchObject({ value: Buffer.from(KEYS[0] as string) });
  await servers.put(KEYS[0] as string, 'other', TTL_MS, Buffer.from(KEYS[0] as string));
  expect(await servers.get(KEYS[0] as string)).toMatchObject({ value: Buffer.from('other') });
  await servers.put('short', 'x', 20, 'anything');
  await retry(5_000, async () => expect((await servers.get('short')).kind).toBe('absent'));
});

it('asks for what is wanted at once in one command', async () => {
  const host = start('cache-1');
  const servers = (open = cacheServers(() => {}));
  servers.adopt([host]);
  await retry(5_000, async () => expect(await servers.get('a')).toEqual({ kind: 'absent', host: 'cache-1' }));
  const before = await commandsOf(host);
  await Promise.all(KEYS.map((key) => servers.get(key)));
  const after = await commandsOf(host);
  expect(after['mget']).toBe((before['mget'] ?? 0) + 1);
  expect(after['get']).toBe(before['get']);
});

it('keeps what nobody waits for, with the next lookup or soon', async () => {
  const host = start('cache-1');
  const servers = (open = cacheServers(() => {}));
  servers.adopt([host]);
  await retry(5_000, async () => expect(await servers.get('a')).toEqual({ kind: 'absent', host: 'cache-1' }));
  const kept = servers.put('a', 'x', TTL_MS, 'nothing');
  // In the same write, behind the lookup.
  expect(await servers.get('a')).toEqual({ kind: 'absent', host: 'cache-1' });
  expect(await servers.get('a')).toMatchObject({ kind: 'there' });
  await kept;
  await servers.put('b', 'x', TTL_MS, 'nothing');
  expect(await servers.get('b')).toMatchObject({ kind: 'there' });
});

it('lengthens the life of an entry, not of what a write has put in its place, and lets one live without an end', async () => {
  const host = start('cache-1');
  const servers = (open = cacheServers(() => {}));
  servers.adopt([host]);
  await retry(5_000, async () => expect(await servers.get('a')).toEqual({ kind: 'absent', host: 'cache-1' }));
  await servers.put('entry', 'long', 1_000, 'anything');
  await servers.put('held', HELD, 1_000, 'anything');
  await servers.put('for ever', 'long', null, 'nothing');
  for (const key of ['entry', 'held', 'nothing']) await servers.touch(key, TTL_MS);
  const client = new Redis({ host: host.address, port: PORT });
  try {
    expect(await client.pttl('entry')).toBeGreaterThan(TTL_MS / 2);
    expect(await client.pttl('held')).toBeLessThanOrEqual(1_000);
    // Redis says so of a key that is there without an end, and of one that is not there.
    expect([await client.pttl('for ever'), await client.pttl('nothing')]).toEqual([-1, -2]);
  } finally {
    client.disconnect();
  }
});

it('gives the keys of a dead server to the other, and back when it is there again, empty', async () => {
  const { servers, hosts } = await bothFull();
  const lost = (await askedOf(servers)).filter((name) => name === 'cache-2').length;
  hosts[1].child.kill('SIGKILL');
  await once(hosts[1].child, 'exit');
  await retry(5_000, async () => expect(new Set(await askedOf(servers))).toEqual(new Set(['cache-1'])));
  expect(await found(servers)).toBe(KEYS.length - lost);
  start('cache-2');
  await retry(5_000, async () => expect(new Set(await askedOf(servers))).toEqual(new Set(['cache-1', 'cache-2'])));
  expect(await found(servers)).toBe(KEYS.length - lost);
});

it('waits a bounded time for a server that says nothing, and then does without it', async () => {
  const { servers, hosts } = await bothFull();
  hosts[0].child.kill('SIGSTOP');
  const begun = performance.now();
  const answers = await Promise.all(KEYS.map((key) => servers.get(key)));
  expect(performance.now() - begun).toBeLessThan(1_500);
  expect(answers.some(({ kind }) => kind === 'failed')).toBe(true);
  await retry(5_000, async () => expect(new Set(await askedOf(servers))).toEqual(new Set(['cache-2'])));
  hosts[0].child.kill('SIGCONT');
  await retry(5_000, async () => expect(new Set(await askedOf(servers))).toEqual(new Set(['cache-1', 'cache-2'])));
});

it('goes on asking a server that has no room for another entry', async () => {
  const host = start('cache-1', ['--maxmemory', '500kb', '--maxmemory-policy', 'noeviction']);
  const servers = (open = cacheServers(() => {}));
  servers.adopt([host]);
  await retry(5_000, async () => expect(await servers.get('a')).toEqual({ kind: 'absent', host: 'cache-1' }));
  for (const key of KEYS) await servers.put(key, 'x', TTL_MS, 'anything');
  expect((await Promise.all(KEYS.map((key) => servers.get(key)))).map(({ kind }) => kind)).toEqual(KEYS.map(() => 'absent'));
});

it('says so where there is nobody to ask', async () => {
  const servers = (open = cacheServers(() => {}));
  expect(await servers.get('a')).toEqual({ kind: 'nobody' });
  servers.adopt([{ name: 'cache-1', address: '127.99.0.43', port: PORT }]);
  await servers.put('a', 'x', TTL_MS, 'anything');
  expect(await servers.get('a')).toEqual({ kind: 'nobody' });
});
