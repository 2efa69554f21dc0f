import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { diagnose, fromStored } from '@loadstair/analysis';
import { Problem } from '@loadstair/kit';
import { agreesWith, describe, type Fixture, FIXTURES, NOT_MET } from '@loadstair/verify';
import type { Io } from '@loadstair/terminal-view/io';
import { EXAMPLE } from '@loadstair/stages';

/** Diagnoses the recorded runs again. Gives the exit status. */
export function verifyRecorded(io: Io): number {
  const files = existsSync(FIXTURES)
    ? readdirSync(FIXTURES)
        .filter((file) => file.endsWith('.json.gz'))
        .sort()
    : [];
  if (files.length === 0)
    throw new Problem({
      what: 'There are no recorded runs.',
      why: `${FIXTURES} is empty`,
      do: `./lab verify ${EXAMPLE.first} ${EXAMPLE.before} ${EXAMPLE.stage}`,
      code: 'E_NO_FIXTURES',
      exit: 1,
    });
  let wrong = 0;
  for (const file of files) {
    const fixture = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, file))).toString('utf8')) as Fixture;
    const verdict = diagnose(fromStored(fixture.run));
    const agrees = agreesWith(verdict, fixture.expected);
    if (!agrees) wrong += 1;
    io.out.write(`${agrees ? io.out.marks.good : io.out.marks.bad} ${file.replace('.json.gz', '').padEnd(34)} ${describe(verdict)}\n`);
  }
  io.out.write(`${files.length - wrong} of ${files.length} agree\n`);
  return wrong === 0 ? 0 : NOT_MET;
}
