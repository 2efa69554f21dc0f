/** What somebody wrote last. */
export interface OwnWrite {
  readonly atMs: number;
  /** Place in the primary's log behind it; null where nobody asked for it. */
  readonly lsn: bigint | null;
}

/** The last write of each reader, for as long as it may matter. */
export interface OwnWrites {
  note(reader: string, write: OwnWrite): void;
  /** Null when there was none of late. */
  of(reader: string): OwnWrite | null;
}

const MAX_READERS = 20_000;

/** @param keepMs so long after it, a write is taken to have reached every replica */
export function ownWrites(keepMs: number, now: () => number = Date.now): OwnWrites {
  const last = new Map<string, OwnWrite>();
  return {
    note(reader, write) {
      last.delete(reader);
      last.set(reader, write);
      // The oldest stand first.
      for (const [key, { atMs }] of last) {
        if (last.size <= MAX_READERS && now() - atMs <= keepMs) break;
        last.delete(key);
      }
    },
    of(reader) {
      const write = last.get(reader);
      return write === undefined || now() - write.atMs > keepMs ? null : write;
    },
  };
}

/** `16/B374D848` as one number (https://www.postgresql.org/docs/15/datatype-pg-lsn.html). */
export function parseLsn(text: string): bigint {
  const [high = '0', low = '0'] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}
