import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { confirmationOf, type Relaxed } from './confirmation.ts';
import { diagnose } from './diagnose.ts';
import { fromStored, type StoredRunData } from './stored-run-data.ts';

/** Three real runs of one confirmation: as it was, with more of what was named, with more of the runner-up. */
interface Recorded {
  readonly before: StoredRunData;
  readonly named: StoredRelaxed;
  readonly runnerUp: StoredRelaxed;
}

type StoredRelaxed = Omit<Relaxed, 'run'> & { readonly run: StoredRunData };
const asRelaxed = (stored: StoredRelaxed): Relaxed => ({ ...stored, run: fromStored(stored.run) });

const FOLDER = join(import.meta.dirname, '../fixtures/confirmed');
const files = readdirSync(FOLDER);

describe('recorded confirmations', () => {
  it.each(files)('%s: the name that was measured is confirmed, and another one put in its place is contradicted', (file) => {
    const recorded = JSON.parse(gunzipSync(readFileSync(join(FOLDER, file))).toString('utf8')) as Recorded;
    const before = fromStored(recorded.before);
    const [named, runnerUp] = [asRelaxed(recorded.named), asRelaxed(recorded.runnerUp)];
    const verdict = diagnose(before);
    if (verdict.kind !== 'named') throw new Error(`${file} is ${verdict.kind}`);
    expect({ tier: verdict.tier, resource: verdict.resource }).toMatchObject({
      tier: named.resource.tier,
      resource: named.resource.resource,
    });
    expect(confirmationOf(before, named, runnerUp, verdict.runnerUp?.headroom ?? null).kind).toBe('confirmed');
    // The verdict as somebody might have tampered with it: the runner-up is called the limit.
    expect(confirmationOf(before, runnerUp, named, null).kind).toBe('contradicted');
  });
});
