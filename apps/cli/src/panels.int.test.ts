import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readRun, readSeries } from '@loadstair/runs';
import { stages } from '@loadstair/stages';
import { leftoversOf, panelsWithoutData } from '@loadstair/verify';
import { lab, LAB_FOLDER } from './testing/lab-command.ts';

const INSTANCE = 42;
/** A minute and a half of measuring each. */
const describeAll = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;
const RUN_MS = 240_000;
/** Named, refused, unexplained: what was seen is kept whatever it said. */
const ENDED = [0, 3, 4];
const runs: string[] = [];

afterAll(async () => {
  await lab(['down', '--instance', String(INSTANCE)]);
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, 60_000);

describeAll('every panel of the dashboards', () => {
  it.each(stages.map(({ topology }) => [topology.stage, topology] as const))(
    'has data on a run of mixed load on stage %i, or says why not',
    async (stage, topology) => {
      const ended = await lab(['run', String(stage), '--profile', 'mixed', '--quick', '--instance', String(INSTANCE), '--yes', '--json']);
      if (!ENDED.includes(ended.status ?? -1)) throw new Error(`It ended with ${ended.status}: ${ended.stderr}`);
      const { run } = JSON.parse(ended.stdout) as { run: string };
      runs.push(run);
      const folder = join(LAB_FOLDER, 'runs', run);
      expect(readRun(folder, run).manifest).toMatchObject({ stage, profile: 'mixed' });
      const { panels } = readSeries(folder);
      expect(Object.keys(panels)).toContain(`stage-${stage}`);
      expect(await panelsWithoutData(panels, topology)).toEqual([]);
    },
    RUN_MS,
  );
});
