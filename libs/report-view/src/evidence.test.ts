import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { diagnose, fromStored, type StoredRunData } from '@loadstair/analysis';
import { evidenceCharts } from './evidence-charts.ts';
import { evidenceRows } from './evidence-rows.ts';
import { evidence } from './evidence.ts';

const stored = JSON.parse(
  gunzipSync(readFileSync(resolve(import.meta.dirname, '../../analysis/fixtures/stage-3-quick-db-cpu.json.gz'))).toString('utf8'),
) as { run: StoredRunData };
const run = fromStored(stored.run);
const verdict = diagnose(run, ['SHORT']);

describe('the evidence of a real run', () => {
  const rows = evidenceRows(verdict, run);

  it('stands in the order for, against, ruled out, each line about resources the run has', () => {
    const sides = rows.map(({ side }) => side);
    expect(sides).toEqual(
      [...sides].sort((a, b) => ['for', 'against', 'ruled out'].indexOf(a) - ['for', 'against', 'ruled out'].indexOf(b)),
    );
    expect(sides).toContain('ruled out');
    const known = new Set(run.resources.map(({ id }) => id));
    for (const { resources } of rows) {
      expect(resources.length).toBeGreaterThan(0);
      expect(resources.filter((id) => !known.has(id))).toEqual([]);
    }
  });

  it('says each thing once', () => {
    const texts = rows.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('leads from each line to its chart where there is a page', () => {
    const linked = evidence(verdict, run, (number) => `/runs/k3f9/evidence/${number}`).text;
    expect([...linked.matchAll(/href="\/runs\/k3f9\/evidence\/(\d+)"/g)].map(([, number]) => Number(number))).toEqual(
      rows.map((_, index) => index + 1),
    );
    expect(evidence(verdict, run).text).not.toContain('href');
  });

  it('has a chart of use for every line, of every host of the tier, that says so in words', () => {
    for (const { resources, fact } of rows) {
      const [use] = evidenceCharts(run, resources, fact?.step ?? null);
      const hosts = run.resources.filter(({ id }) => resources.includes(id)).map(({ host }) => host);
      for (const host of hosts) expect(use?.text).toMatch(new RegExp(`aria-label="use of its limit, %: .*${host} from [\\d.]+ to [\\d.]+`));
    }
  });

  it('shows the wait for a pool that was full', () => {
    const pool = run.resources.find(({ kind }) => kind === 'pool');
    const charts = evidenceCharts(run, [pool?.id ?? ''], null).map(({ text }) => /aria-label="([^,:]+)/.exec(text)?.[1]);
    expect(charts).toContain('time held');
  });
});

it('a refused run has checks, not evidence', () => {
  const refused = diagnose({ ...run, budgeted: false });
  expect(evidenceRows(refused, run)).toEqual([]);
  expect(evidence(refused, run).text).toContain('UNBUDGETED');
});
