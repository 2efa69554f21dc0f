import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SILENCE_NOTICED_MS } from '@loadstair/components/declarations';
import { leftoversOf } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, labOk, statusOf } from './testing/lab-command.ts';
import { failedOf } from './testing/open-loop.ts';
import { post, signIn, type SignedIn } from './testing/sign-in.ts';
import { underLoad } from './testing/under-load.ts';

const INSTANCE = 46;
const AT = ['--instance', String(INSTANCE)];
const CLIENT = `127.${INSTANCE}.200.5`;
const TIMEOUT_MS = 120_000;
const RATE = 30;
/** The balancer's look and ours take their time. */
const MARGIN_MS = 500;
const OBSERVER = `loadstair_observer_${INSTANCE}`;

let url: string;
const addressOf = async (name: string): Promise<string> =>
  (await statusOf(INSTANCE)).hosts.find((host) => host.name === name)?.address as string;
const stateOf = async (name: string): Promise<string | undefined> =>
  (await statusOf(INSTANCE)).hosts.find((host) => host.name === name)?.state;
const rules = (): string => execFileSync('nft', ['list', 'table', 'ip', `loadstair_${INSTANCE}`], { encoding: 'utf8' });
const comments = (): string => `${url}/api/photos/7/comments`;
const texts = async (headers: SignedIn): Promise<string[]> =>
  ((await (await fetch(comments(), { headers })).json()) as { comments: { text: string }[] }).comments.map(({ text }) => text);

/** What is counted of a host from outside, packets: FIN and RST of its own connections, and everything from its address. */
function observe(address: string, ports: readonly number[]): () => { readonly farewells: number; readonly fromAddress: number } {
  execFileSync('nft', ['-f', '-'], {
    input: `table ip ${OBSERVER}
delete table ip ${OBSERVER}
table ip ${OBSERVER} { chain seen {
  type filter hook input priority -300;
  tcp sport { ${ports.join(', ')} } tcp flags & (fin | rst) != 0 counter
  ip saddr ${address} counter
  }
}`,
  });
  return () => {
    const table = execFileSync('nft', ['list', 'table', 'ip', OBSERVER], { encoding: 'utf8' });
    const [farewells = 0, fromAddress = 0] = [...table.matchAll(/packets (\d+)/g)].map(([, packets]) => Number(packets));
    return { farewells, fromAddress };
  };
}

/** Ports from which a host is connected to others: the far ends at its databases. */
function portsTo(address: string): number[] {
  const lines = execFileSync('ss', ['-Htn', 'state', 'established', 'dst', `${address}:5432`], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    return port === undefined ? [] : [Number(port)];
  });
}

beforeAll(async () => {
  await labOk('up', '3', ...AT);
  url = (await statusOf(INSTANCE)).url as string;
}, TIMEOUT_MS);

afterAll(async () => {
  await lab(['down', ...AT]);
  try {
    execFileSync('nft', ['delete', 'table', 'ip', OBSERVER], { stdio: 'ignore' });
  } catch {
    // No test came so far.
  }
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, TIMEOUT_MS);

describe('a host that loses power', () => {
  it(
    'is noticed by the balancer within its limits, while nobody is told',
    async () => {
      await underLoad({ url, client: CLIENT, rate: RATE }, async () => {});
      // Connections of both web servers to the database; those of web-2 go on.
      const ports = portsTo(await addressOf('db-1'));
      expect(ports.length).toBeGreaterThan(1);
      const seen = observe(await addressOf('web-1'), ports);
      let diedMs = 0;
      let heardOfIt = 0;
      const all = await underLoad({ url, client: CLIENT, rate: RATE }, async (goesOn) => {
        await labOk('power-loss', 'web-1', ...AT);
        diedMs = Date.now();
        heardOfIt = seen().fromAddress;
        await delay(SILENCE_NOTICED_MS + MARGIN_MS);
        await goesOn();
      });
      // It did answer, until it died.
      expect(heardOfIt).toBeGreaterThan(0);
      expect(seen()).toEqual({ farewells: 0, fromAddress: heardOfIt });
      expect(await stateOf('web-1')).toBe('down');
      const failed = failedOf(all);
      expect(failed.filter(({ dueMs }) => dueMs > diedMs + SILENCE_NOTICED_MS + MARGIN_MS)).toEqual([]);
      // web-2 goes on all the time, and takes what could not be connected.
      expect(failed.length).toBeLessThan((RATE * SILENCE_NOTICED_MS) / 1000 / 2);
      expect(rules()).toContain('silent');
    },
    TIMEOUT_MS,
  );

  it(
    'comes back under its own name, and serves; its silence is over',
    async () => {
      const all = await underLoad({ url, client: CLIENT, rate: RATE }, async () => {
        expect(await labOk('power-on', 'web-1', ...AT)).toMatch(/web-1 +up/);
      });
      expect(failedOf(all)).toEqual([]);
      expect(rules()).not.toContain('silent');
      expect(await lab(['power-on', 'web-1', ...AT])).toMatchObject({ status: 2, stderr: expect.stringContaining('web-1 is not dead') });
    },
    TIMEOUT_MS,
  );

  it(
    'has what its disk has when it comes back, and nothing when that was destroyed',
    async () => {
      const ann = await signIn(url, 12);
      expect((await fetch(comments(), post({ text: 'on the disk' }, ann))).status).toBe(201);
      await labOk('power-loss', 'db-1', ...AT);
      const begun = performance.now();
      // Nobody waits for ever: a query has its limit, and a web server whose database says nothing is out of service before.
      const answer = await fetch(comments(), { headers: ann }).catch(() => null);
      expect(answer === null || answer.status === 503).toBe(true);
      expect(performance.now() - begun).toBeLessThan(8_000);
      expect(await eventually('the balancer says so', 8_000, async () => ((await fetch(url)).status === 503 ? true : null))).toBe(true);
      await labOk('power-on', 'db-1', ...AT);
      const back = async (): Promise<string[] | null> => texts(ann).catch(() => null);
      expect(await eventually('answers', 15_000, back)).toContain('on the disk');

      await labOk('destroy', 'db-1', ...AT);
      expect(await lab(['power-on', 'db-1', ...AT])).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('destroyed with its disk'),
      });
      await labOk('replace', 'db-1', ...AT);
      expect(await eventually('answers', 15_000, back)).not.toContain('on the disk');
    },
    TIMEOUT_MS,
  );

  it(
    'leaves no rule when the lab itself is killed meanwhile',
    async () => {
      await labOk('power-loss', 'web-2', ...AT);
      process.kill((await statusOf(INSTANCE)).pid as number, 'SIGKILL');
      await labOk('down', ...AT);
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
