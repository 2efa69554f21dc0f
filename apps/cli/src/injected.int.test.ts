import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { lab, LAB_FOLDER } from './testing/lab-command.ts';

const INSTANCE = 72;
const TIMEOUT_MS = 600_000;
/** Three runs of more than a minute stand behind this switch; `./lab test --all` sets it. */
const long = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;

interface Sheet {
  readonly right: number;
  readonly of: number;
  readonly injections: readonly {
    readonly name: string;
    readonly named: string;
    readonly judged: string;
    readonly moved: number | null;
    readonly run: string;
  }[];
}

long('verify --injected', () => {
  const runs: string[] = [];
  afterAll(async () => {
    await lab(['down', '--instance', String(INSTANCE)]);
    for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
    expect(leftoversOf(INSTANCE)).toEqual([]);
  }, TIMEOUT_MS);

  it(
    'names a blocked event loop against its control, and believes no starved generator',
    async () => {
      const { status, stdout } = await lab([
        'verify',
        '--injected',
        'loop',
        'starved-k6',
        '--json',
        '--yes',
        '--instance',
        String(INSTANCE),
      ]);
      const sheet = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Sheet;
      runs.push(...sheet.injections.map((one) => one.run));
      expect(sheet).toMatchObject({
        right: 2,
        of: 2,
        injections: [
          { name: 'loop', named: 'web event-loop', judged: 'right' },
          { name: 'starved-k6', named: 'refused GEN_SCHED', judged: 'right' },
        ],
      });
      expect(Math.abs(sheet.injections[0]?.moved ?? 0)).toBeGreaterThanOrEqual(0.15);
      expect(status).toBe(0);
    },
    TIMEOUT_MS,
  );
});
