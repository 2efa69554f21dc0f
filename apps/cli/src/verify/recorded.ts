import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { diagnose, fromStored } from '@loadstair/analysis';
import { Problem } from '@loadstair/kit';
import { agreesWith, describe, type Fixture, FIXTURES, NOT_MET } from '@loadstair/verify';
import type { Io } from '@loadstair/terminal-view/io';
import { answer } from '../commands/answer.ts';

/** Diagnoses the recorded runs again. Gives the exit status. */
export function verifyRecorded(io: Io, { json }: { readonly json: boolean }): number {
  const files = existsSync(FIXTURES)
    ? readdirSync(FIXTURES)
        .filter((file) => file.endsWith('.json.gz'))
        .sort()
    : [];
  if (files.length === 0)
    throw new Problem({
      what: 'There are no recorded runs.',
      why: `${FIXTURES} is empty`,
      do: './lab verify --injected --record',
      code: 'E_NO_FIXTURES',
      exit: 1,
    });
  const runs = files.map((file) => {
    const fixture = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, file))).toString('utf8')) as Fixture;
    const verdict = diagnose(fromStored(fixture.run));
    return { fixture: file.replace('.json.gz', ''), agrees: agreesWith(verdict, fixture.expected), words: describe(verdict) };
  });
  const agreeing = runs.filter(({ agrees }) => agrees).length;
  const { good, bad } = io.out.marks;
  answer(io, json, { runs }, () => [
    ...runs.map(({ fixture, agrees, words }) => `${agrees ? good : bad} ${fixture.padEnd(34)} ${words}`),
    `${agreeing} of ${runs.length} agree`,
  ]);
  return agreeing === runs.length ? 0 : NOT_MET;
}
