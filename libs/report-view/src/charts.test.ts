import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { fromStored, type StoredRunData } from '@loadstair/analysis';
import { onsetChart, type PredictedLoad } from './charts.ts';

const fixture = resolve(import.meta.dirname, '../../analysis/fixtures/stage-3-quick-db-cpu.json.gz');
const run = fromStored((JSON.parse(gunzipSync(readFileSync(fixture)).toString('utf8')) as { run: StoredRunData }).run);

/** What the bracket says, and how many of its ends lie on the chart. */
function bracketOf(predicted: PredictedLoad | null): { readonly says: string | undefined; readonly ends: number } {
  const [, drawn = ''] = /<g class="predicted">([\s\S]*?)<\/g>/.exec(onsetChart(run, 720, predicted).text) ?? [];
  return { says: /you said [^<]+/.exec(drawn)?.[0], ends: drawn.match(/stroke-dasharray/g)?.length ?? 0 };
}

describe('a prediction on the chart of a run', () => {
  it('is a bracket from the lowest load to the highest', () => {
    expect(bracketOf({ low: 80, high: 120 })).toEqual({ says: 'you said 80–120/s', ends: 2 });
  });

  it('stays open where it ends outside of the chart', () => {
    expect(bracketOf({ low: 80, high: 5000 })).toEqual({ says: 'you said 80–5000/s', ends: 1 });
  });

  it('is not there when nothing was predicted', () => {
    expect(bracketOf(null)).toEqual({ says: undefined, ends: 0 });
  });
});
