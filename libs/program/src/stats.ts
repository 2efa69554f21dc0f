import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

const POOL = z.object({
  max: z.number(),
  inUse: z.number(),
  waiting: z.number(),
  waitSeconds: z.number(),
  holdSeconds: z.number(),
  acquisitions: z.number(),
  /** Connections that a database refused because it had as many as it takes (SQLSTATE 53300). */
  refused: z.number(),
});

const CACHE_USE = z.object({
  /** Questions for an entry; those it answered; those it did not, although it had had the entry before. */
  lookups: z.number(),
  hits: z.number(),
  again: z.number(),
  /** Without an answer in time. */
  failed: z.number(),
  /** Seconds spent on getting what was missed elsewhere; and of these, what had been there before. */
  missSeconds: z.number(),
  againSeconds: z.number(),
});

const STATS = z.object({
  atMs: z.number(),
  pid: z.int(),
  eventLoop: z.object({ activeSeconds: z.number(), idleSeconds: z.number() }),
  gcSeconds: z.number(),
  /** Connections to databases; absent where the program has none. */
  pool: POOL.optional(),
  /** HTTP requests that came to it; absent where it serves none. */
  requests: z.number().optional(),
  /** Reads and writes given to each database server, by its name; absent where the program has no database. */
  reads: z.record(z.string(), z.number()).optional(),
  writes: z.record(z.string(), z.number()).optional(),
  /** How the program fared with each cache server, by its name; absent where there are none. */
  caches: z.record(z.string(), CACHE_USE).optional(),
});

/**
 * What a program of ours tells the lab through files, so that it can be read while the program is overloaded. All but what is
 * in use and waiting counts from the start of the process.
 */
export type ProgramStats = z.infer<typeof STATS>;
export type PoolStats = z.infer<typeof POOL>;
export type CacheUse = z.infer<typeof CACHE_USE>;

/** What the program itself adds to what is known of every process. */
export type OwnStats = Pick<ProgramStats, 'pool' | 'requests' | 'reads' | 'writes' | 'caches'>;

const EVERY_MS = 500;
const SLOTS = ['0', '1'] as const;

/**
 * Writes the counts twice a second, until it is stopped. Two files in turn, each written over in place: a new file and a rename
 * each time cost a small host one percent of its budget. While one is being written, the other is whole.
 */
export function startStats(file: string, read: () => ProgramStats): { stop(): void } {
  mkdirSync(dirname(file), { recursive: true });
  const descriptors = SLOTS.map((slot) => openSync(`${file}.${slot}`, 'w'));
  let turn = 0;
  const write = (): void => {
    const bytes = framed(JSON.stringify(read()));
    writeSync(descriptors[turn % SLOTS.length] as number, bytes, 0, bytes.length, 0);
    turn += 1;
  };
  write();
  const timer = setInterval(write, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      for (const descriptor of descriptors) closeSync(descriptor);
    },
  };
}

/**
 * The latest counts that were written whole.
 *
 * @throws Error when there are none
 */
export async function readStats(file: string): Promise<ProgramStats> {
  const slots = await Promise.all(SLOTS.map((slot) => readFile(`${file}.${slot}`).then(unframed, () => null)));
  const found = slots.flatMap((text) => (text === null ? [] : [STATS.parse(JSON.parse(text))]));
  const latest = found.sort((a, b) => b.atMs - a.atMs)[0];
  if (latest === undefined) throw new Error(`There are no whole counts in ${file}.`);
  return latest;
}

/** `<bytes> <checksum>\n<text>`: what an earlier, longer text left behind it, and half a text, can be told. */
export function framed(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${body.length} ${crc32(body)}\n`), body]);
}

/** Null when it is not whole. */
export function unframed(bytes: Buffer): string | null {
  const end = bytes.indexOf('\n');
  if (end === -1) return null;
  const [length = Number.NaN, checksum] = bytes.toString('latin1', 0, end).split(' ').map(Number);
  const body = bytes.subarray(end + 1, end + 1 + length);
  return body.length === length && crc32(body) === checksum ? body.toString() : null;
}
