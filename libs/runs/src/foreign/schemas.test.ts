import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { RUN_DATA } from './run-data-schema.ts';

const FIXTURES = join(import.meta.dirname, '../../../analysis/fixtures');
const recorded = readdirSync(FIXTURES).filter((name) => name.endsWith('.json.gz'));

it.each(recorded)('run data of %s, recorded by an earlier lab, can still be read', (name) => {
  const { run } = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, name))).toString('utf8')) as { run: unknown };
  expect(RUN_DATA.safeParse(run).error?.issues ?? []).toEqual([]);
});
