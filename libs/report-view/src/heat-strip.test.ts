import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { diagnose, fromStored, type StoredRunData } from '@loadstair/analysis';
import { heatStrip } from './heat-strip.ts';

function stripOf(name: string): string {
  const file = resolve(import.meta.dirname, `../../analysis/fixtures/${name}.json.gz`);
  const run = fromStored((JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { run: StoredRunData }).run);
  return heatStrip(run, diagnose(run)).text;
}

/** Rows of the strip that are marked as the limit. */
function marked(name: string): string[] {
  return [...stripOf(name).matchAll(/▲<\/span> ([^<]+)</g)].map(([, row = '']) => row).toSorted();
}

describe('what is marked as the limit', () => {
  it('is every host of a tier that is named', () => {
    expect(marked('stage-5-quick-web-cpu')).toEqual(['web-1 CPU', 'web-2 CPU', 'web-3 CPU']);
  });

  it('is one host where that alone is named', () => {
    expect(marked('stage-6-quick-one-web')).toEqual(['web-1 CPU']);
  });
});

it('the first step in which something was at its limit has an outline in its row, and no other has', () => {
  const rows = stripOf('stage-5-quick-web-cpu')
    .split('<tr')
    .map((row) =>
      [...row.matchAll(/class="cell h(\d)( first)?"/g)].map(([, heat, first]) => ({ full: heat === '4', first: first !== undefined })),
    );
  expect(rows.some((row) => row.some(({ first }) => first))).toBe(true);
  for (const row of rows) {
    const at = row.findIndex(({ full }) => full);
    expect(row.flatMap(({ first }, step) => (first ? [step] : []))).toEqual(at === -1 ? [] : [at]);
  }
});
