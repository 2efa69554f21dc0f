import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { BenchResult } from '@loadstair/runs';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';

const INSTANCE = 51;
const WITHIN_MS = 120_000;
/** Two minutes of load: only in the long form of the tests. */
const whenAll = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;

whenAll('lab bench --quick', () => {
  it(
    'measures every row in two minutes, keeps it, and its bars hold or the machine was busy',
    async () => {
      const begunMs = Date.now();
      const { status, out } = await lab('bench', '--quick', '--json', '--no-input');
      expect(Date.now() - begunMs).toBeLessThan(WITHIN_MS);
      const result = JSON.parse(out) as BenchResult;
      // 3 with nothing busy is an interval on both sides of its bar, which a quick bench may have.
      expect([0, 3]).toContain(status);
      expect(result.rows.filter((row) => row.outcome === 'missed' && result.busy === null)).toEqual([]);

      const value = (id: string): number => result.rows.find((row) => row.id === id)?.value ?? NaN;
      for (const id of ['telemetry mixed', 'telemetry GET /users/12']) {
        expect(value(id)).toBeGreaterThan(0.5);
        expect(value(id)).toBeLessThan(1.3);
      }
      expect(value('observer')).toBeGreaterThan(0);
      expect(value('schedule started')).toBeLessThan(0.5);
      expect(value('schedule lateness')).toBeGreaterThan(0);
      expect(value('first load')).toBeGreaterThan(1);
      for (const host of ['lb-1', 'web-1', 'web-2', 'db-1']) {
        expect(value(`boot ${host}`)).toBeGreaterThan(0);
        expect(value(`memory ${host}`)).toBeGreaterThan(2 ** 20);
      }
      for (const part of ['labd', 'Prometheus', 'k6']) expect(value(`memory ${part}`)).toBeGreaterThan(10 * 2 ** 20);

      const kept = (await lab('bench', '--history', '--last', '1', '--json')).out;
      expect(JSON.parse(kept)).toEqual(result);
      // Its sites are gone.
      expect(JSON.parse((await lab('status', '--json')).out)).toMatchObject({ pid: null, hosts: [] });
    },
    2 * WITHIN_MS,
  );
});

function lab(...args: string[]): Promise<{ readonly status: number; readonly out: string }> {
  const own = args.includes('--history') ? [] : ['--instance', String(INSTANCE)];
  return new Promise((resolve) => {
    execFile(join(REPO_FOLDER, 'lab'), [...args, ...own], { maxBuffer: 2 ** 24 }, (error, out) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out });
    });
  });
}
