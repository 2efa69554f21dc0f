import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { diagnose, type RunData } from '@loadstair/analysis';
import { heatStrip } from './heat-strip.ts';

/** Rows of the strip that are marked as the limit. */
function marked(name: string): string[] {
  const file = resolve(import.meta.dirname, `../../analysis/fixtures/${name}.json.gz`);
  const { run } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { run: RunData };
  const strip = heatStrip(run, diagnose(run)).text;
  return [...strip.matchAll(/▲<\/span> ([^<]+)</g)].map(([, row = '']) => row).toSorted();
}

describe('what is marked as the limit', () => {
  it('is every host of a tier that is named', () => {
    expect(marked('stage-5-quick-web-cpu')).toEqual(['web-1 CPU', 'web-2 CPU', 'web-3 CPU']);
  });

  it('is one host where that alone is named', () => {
    expect(marked('stage-6-quick-one-web')).toEqual(['web-1 CPU']);
  });
});
