import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, labOk, statusOf, type StatusHost } from './testing/lab-command.ts';
import { labMetricsUrl, scrape } from './testing/metrics.ts';
import { failedOf } from './testing/open-loop.ts';
import { psql } from './testing/psql.ts';
import { post, signIn } from './testing/sign-in.ts';
import { underLoad } from './testing/under-load.ts';

const INSTANCE = 29;
const AT = ['--instance', String(INSTANCE)];
const CLIENT = `127.${INSTANCE}.200.5`;
const TIMEOUT_MS = 90_000;
const RATE = 20;
/** The site looks every 500 ms, waits 2 s for an answer, and takes a database out of service after two bad looks. */
const NOTICED_MS = 2 * (500 + 2_000);
const UNSENT_BYTES = 200_000;

let url: string;
const databases = async (): Promise<StatusHost[]> => (await statusOf(INSTANCE)).hosts.filter(({ tier }) => tier.startsWith('db'));
const isReplica = async (name: string): Promise<boolean> => (await psql(INSTANCE, name, 'SELECT pg_is_in_recovery()')) === 't';

interface Writer {
  /** Writes a comment; the status of the answer. */
  comment(text: string): Promise<number>;
  texts(): Promise<string[]>;
}

async function writer(): Promise<Writer> {
  const headers = await signIn(url, 12);
  const comments = `${url}/api/photos/7/comments`;
  return {
    async comment(text) {
      const answer = await fetch(comments, post({ text }, headers));
      await answer.arrayBuffer();
      return answer.status;
    },
    async texts() {
      const answer = await fetch(comments, { headers });
      return ((await answer.json()) as { comments: { text: string }[] }).comments.map((one) => one.text);
    },
  };
}

beforeAll(async () => {
  await labOk('up', '4', ...AT);
  url = (await statusOf(INSTANCE)).url as string;
}, TIMEOUT_MS);

afterAll(async () => {
  await lab(['down', ...AT]);
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, TIMEOUT_MS);

describe('stage 4 up', () => {
  it('has a primary, and replicas that follow it and take no writes', async () => {
    expect((await databases()).map(({ name, state, role }) => `${name} ${state} ${role}`)).toEqual([
      'db-1 up primary',
      'db-replica-1 up replica',
      'db-replica-2 up replica',
    ]);
    expect(await Promise.all(['db-1', 'db-replica-1', 'db-replica-2'].map(isReplica))).toEqual([false, true, true]);
    expect(await psql(INSTANCE, 'db-1', 'SELECT application_name, state FROM pg_stat_replication ORDER BY 1')).toBe(
      'db-replica-1|streaming\ndb-replica-2|streaming',
    );
    await expect(psql(INSTANCE, 'db-replica-1', 'CREATE TABLE x ()')).rejects.toThrow(/read-only/);
  });

  it('brings a write to every replica, and its author sees it at once', async () => {
    const ann = await writer();
    expect(await ann.comment('first')).toBe(201);
    expect(await ann.texts()).toContain('first');
    for (const name of ['db-replica-1', 'db-replica-2']) {
      await eventually(`${name} has it`, 5_000, async () =>
        (await psql(INSTANCE, name, `SELECT 1 FROM comments WHERE body = 'first'`)) === '1' ? true : null,
      );
    }
  });

  it('says how far replicas are behind', async () => {
    const metrics = await scrape(labMetricsUrl(INSTANCE));
    for (const host of ['db-replica-1', 'db-replica-2']) {
      expect(metrics.value('lab_replication_behind_bytes', { host, tier: 'db-replica' })).toBeGreaterThanOrEqual(0);
      expect(metrics.value('lab_replication_behind_seconds', { host, tier: 'db-replica' })).toBeGreaterThanOrEqual(0);
    }
  });

  it('says how far a replica is behind that is sent nothing', async () => {
    const [sender, host] = (
      await psql(INSTANCE, 'db-1', `SELECT pid, application_name FROM pg_stat_replication WHERE application_name = 'db-replica-1'`)
    ).split('|') as [string, string];
    const behind = async (): Promise<number> =>
      (await scrape(labMetricsUrl(INSTANCE))).value('lab_replication_behind_bytes', { host, tier: 'db-replica' }) ?? NaN;
    process.kill(Number(sender), 'SIGSTOP');
    try {
      await psql(INSTANCE, 'db-1', `SELECT pg_logical_emit_message(true, 'test', repeat('x', ${UNSENT_BYTES}))`);
      await eventually('it is behind', 5_000, async () => ((await behind()) >= UNSENT_BYTES ? true : null));
    } finally {
      process.kill(Number(sender), 'SIGCONT');
    }
    await eventually('it has caught up', 10_000, async () => ((await behind()) < UNSENT_BYTES ? true : null));
  });

  it(
    'answers every read while a replica dies and another is built in its place',
    async () => {
      const all = await underLoad({ url, client: CLIENT, rate: RATE }, async () => {
        await labOk('crash', 'db-replica-1', ...AT);
        expect(await labOk('replace', 'db-replica-1', ...AT)).toContain('db-replica-1 is replaced by db-replica-3');
      });
      expect(failedOf(all)).toEqual([]);
      expect(await isReplica('db-replica-3')).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'waits for a replica that lost power until its looks have failed, and no longer',
    async () => {
      let diedMs = 0;
      const all = await underLoad({ url, client: CLIENT, rate: RATE }, async (goesOn) => {
        await labOk('power-loss', 'db-replica-3', ...AT);
        diedMs = Date.now();
        await delay(NOTICED_MS + 1_000);
        await goesOn();
        expect(await labOk('power-on', 'db-replica-3', ...AT)).toMatch(/db-replica-3 +up/);
      });
      expect(failedOf(all).filter(({ dueMs }) => dueMs > diedMs + NOTICED_MS + 1_000)).toEqual([]);
      // It goes on where it was: its disk has what it had replayed.
      expect(await isReplica('db-replica-3')).toBe(true);
    },
    TIMEOUT_MS,
  );

  it(
    'takes reads from the primary when no replica is left, and scales',
    async () => {
      const all = await underLoad({ url, client: CLIENT, rate: RATE }, async () => {
        await labOk('crash', 'db-replica-2', ...AT);
        await labOk('crash', 'db-replica-3', ...AT);
        await labOk('scale', 'db-replica', '2', ...AT);
        for (const name of ['db-replica-2', 'db-replica-3']) await labOk('replace', name, ...AT);
        await labOk('scale', 'db-replica', '2', ...AT);
      });
      expect(failedOf(all)).toEqual([]);
      // No web server may die of a database that does.
      expect((await statusOf(INSTANCE)).hosts.filter(({ tier, state }) => tier === 'web' && state !== 'up')).toEqual([]);
      expect((await databases()).filter(({ tier, state }) => tier === 'db-replica' && state === 'up')).toHaveLength(2);
    },
    2 * TIMEOUT_MS,
  );

  it('refuses to replace the host that takes the writes', async () => {
    expect(await lab(['scale', 'db', '2', ...AT])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Tier db cannot be changed'),
    });
    expect(await lab(['replace', 'db-1', ...AT])).toMatchObject({ status: 2, stderr: expect.stringContaining('db-1 cannot be replaced') });
  });

  it(
    'promotes a replica when the primary dies, loses what no replica had, and restores it from the old primary',
    async () => {
      const ann = await writer();
      expect(await ann.comment('everywhere')).toBe(201);
      await eventually('both have it', 5_000, async () =>
        (await psql(INSTANCE, 'db-1', 'SELECT count(*) FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_lsn()')) === '2'
          ? true
          : null,
      );
      const replicas = (await databases()).filter(({ tier, state }) => tier === 'db-replica' && state === 'up');
      // Nothing is sent to the replicas any more: what is promised now only the primary has.
      const senders = (await psql(INSTANCE, 'db-1', 'SELECT pid FROM pg_stat_replication')).split('\n');
      expect(senders).toHaveLength(2);
      for (const pid of senders) process.kill(Number(pid), 'SIGSTOP');
      expect(await ann.comment('only on the primary')).toBe(201);
      await labOk('power-loss', 'db-1', ...AT);
      expect(await ann.comment('nobody takes it')).toBe(503);
      expect(await ann.texts()).toContain('everywhere');

      const told = await labOk('failover', ...AT);
      const promoted = /^(db-replica-\d+) is the primary/.exec(told)?.[1] as string;
      expect(replicas.map(({ name }) => name)).toContain(promoted);
      expect([await isReplica(promoted), await isReplica('db-1')]).toEqual([false, true]);
      expect((await databases()).filter(({ role }) => role === 'primary').map(({ name }) => name)).toEqual([promoted]);
      expect(await lab(['replace', promoted, ...AT])).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot be replaced') });
      expect(await eventually('writes are taken', 10_000, async () => ((await ann.comment('afterwards')) === 201 ? true : null))).toBe(
        true,
      );
      expect(await ann.texts()).not.toContain('only on the primary');

      expect(await labOk('recover', ...AT)).toMatch(/from db-1 {3}restored 1 comments; \d+ rows were present/);
      expect(await eventually('it is back', 5_000, async () => ((await ann.texts()).includes('only on the primary') ? true : null))).toBe(
        true,
      );
      expect(await labOk('recover', ...AT)).toContain('nothing was missing');

      // Of one that is destroyed, what a replica had is all there is.
      await labOk('destroy', promoted, ...AT);
      expect(await labOk('failover', ...AT)).toContain('is the primary');
      expect(await isReplica(promoted)).toBe(true);
      expect(await labOk('recover', ...AT)).toContain(`from ${promoted}   nothing, because it was destroyed with its disk`);
      expect(await eventually('it is there', 10_000, async () => ((await ann.texts()).includes('only on the primary') ? true : null))).toBe(
        true,
      );
    },
    3 * TIMEOUT_MS,
  );
});
