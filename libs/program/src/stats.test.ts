import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { framed, readStats, startStats, unframed, type ProgramStats } from './stats.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-stats-'));
const file = join(folder, 'program', 'stats');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stats = (atMs: number, servers = 0): ProgramStats => ({
  atMs,
  pid: 7,
  eventLoop: { activeSeconds: 1, idleSeconds: 2 },
  gcSeconds: 0.5,
  reads: Object.fromEntries(Array.from({ length: servers }, (_, index) => [`db-replica-${index}`, index])),
});

describe('a text in a frame', () => {
  const text = JSON.stringify(stats(1, 3));
  it('is whole also before the rest of a longer one', () => {
    const longer = framed(JSON.stringify(stats(1, 500)));
    framed(text).copy(longer);
    expect(unframed(longer)).toBe(text);
  });

  it('is refused when a part is missing or of another text', () => {
    const whole = framed(text);
    for (let length = 0; length < whole.length; length += 1) expect(unframed(whole.subarray(0, length))).toBeNull();
    const mixed = Buffer.from(whole);
    mixed[whole.length - 3] = 'x'.charCodeAt(0);
    expect(unframed(mixed)).toBeNull();
  });
});

it('reads the latest counts, however they grow and shrink', async () => {
  let now = stats(1, 2_000);
  const writing = startStats(file, () => now);
  try {
    expect(await readStats(file)).toEqual(now);
    for (const [atMs, servers] of [
      [2, 3_000],
      [3, 1],
    ] as const) {
      now = stats(atMs, servers);
      await untilRead(atMs);
      expect(await readStats(file)).toEqual(now);
    }
  } finally {
    writing.stop();
  }
});

it('reads the counts before while others are only half written, and says when there are none', async () => {
  const torn = join(folder, 'torn');
  writeFileSync(`${torn}.0`, framed(JSON.stringify(stats(1))));
  writeFileSync(`${torn}.1`, framed(JSON.stringify(stats(2))).subarray(0, 40));
  expect((await readStats(torn)).atMs).toBe(1);
  writeFileSync(`${torn}.0`, readFileSync(`${torn}.1`));
  await expect(readStats(torn)).rejects.toThrow(/no whole counts/);
});

async function untilRead(atMs: number): Promise<void> {
  while ((await readStats(file)).atMs !== atMs) await new Promise((resolve) => setTimeout(resolve, 20));
}
