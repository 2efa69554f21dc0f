import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { diagnose, fromStored } from '@loadstair/analysis';
import { agreesWith, describe as said, FIXTURES, type Fixture } from './agreement.ts';

const MAX_BYTES = 40_000;
const files = readdirSync(FIXTURES).filter((file) => file.endsWith('.json.gz'));

describe('recorded runs', () => {
  it.each(files)('%s is diagnosed as what it was', (file) => {
    const { expected, run } = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, file))).toString('utf8')) as Fixture;
    const verdict = diagnose(fromStored(run));
    expect({ agrees: agreesWith(verdict, expected), said: said(verdict) }).toMatchObject({ agrees: true });
  });

  it('are small', () => {
    expect(files.filter((file) => readFileSync(join(FIXTURES, file)).length > MAX_BYTES)).toEqual([]);
  });
});
