import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Capacity, Confirmation, Named } from '@loadstair/analysis';
import type { ComparisonRecord } from '@loadstair/runs';
import { leftoversOf } from '@loadstair/verify';
import { lab, LAB_FOLDER } from './testing/lab-command.ts';

const INSTANCE = 24;
const AT = ['--instance', String(INSTANCE), '--json', '--yes'];
const MINUTE = 60_000;
const runs: string[] = [];
/** These take many runs; `./lab test --all` sets the switch. */
const long = process.env['LOADSTAIR_TEST_ALL'] === '1' ? describe : describe.skip;

async function asked<Answer>(...args: string[]): Promise<{ readonly status: number | null; readonly answer: Answer }> {
  const { status, stdout, stderr } = await lab([...args, ...AT]);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`${args.join(' ')} gave no answer: ${stderr}`);
  return { status, answer: JSON.parse(line) as Answer };
}

afterAll(async () => {
  await lab(['down', '--instance', String(INSTANCE)]);
  for (const run of runs) rmSync(join(LAB_FOLDER, 'runs', run), { recursive: true, force: true });
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, MINUTE);

long('lab capacity', () => {
  it(
    'finds what the separate database holds within an interval, and says what limits it',
    async () => {
      const { status, answer } = await asked<{ run: string; capacity: Capacity; verdict: Named }>('capacity', '2');
      runs.push(answer.run);
      expect({ status, kind: answer.verdict.kind, tier: answer.verdict.tier, resource: answer.verdict.resource }).toEqual({
        status: 0,
        kind: 'named',
        tier: 'web',
        resource: 'cpu',
      });
      const { load, interval, trials } = answer.capacity;
      const [low, high] = interval;
      expect(low).toBeLessThan(load);
      expect(high).toBeGreaterThan(load);
      // Ten trials tell it to within some ± 7 %; three times that is no capacity.
      expect(high / low).toBeLessThan(1.5);
      expect(trials.filter((trial) => trial.problems.length === 0).length).toBeGreaterThanOrEqual(10);
    },
    9 * MINUTE,
  );
});

long('lab compare', () => {
  it(
    'finds no difference between a stage and itself (the A/A study)',
    async () => {
      const { status, answer } = await asked<ComparisonRecord>('compare', '2', '2');
      runs.push(...answer.arms.flatMap((arm) => arm.runs.map((run) => run.run)));
      expect(status).toBe(0);
      expect(['equivalent', 'inconclusive']).toContain(answer.againstFirst[0]?.word);
      // Three searches of each, or two where it ended early.
      expect([3, 10]).toContain(answer.sameTwice?.splits);
    },
    35 * MINUTE,
  );

  it(
    'finds each stage to hold more than the one before',
    async () => {
      const { status, answer } = await asked<ComparisonRecord>('compare', '1', '2', '3');
      runs.push(...answer.arms.flatMap((arm) => arm.runs.map((run) => run.run)));
      expect(status).toBe(0);
      expect(answer.againstPrevious.map((one) => one.word)).toEqual(['better', 'better']);
      const intervals = answer.arms.map((arm) => arm.estimate?.interval ?? [0, 0]);
      expect(intervals[0]?.[1]).toBeLessThan(intervals[1]?.[0] ?? 0);
      expect(intervals[1]?.[1]).toBeLessThan(intervals[2]?.[0] ?? 0);
    },
    45 * MINUTE,
  );
});

long('lab run --confirm', () => {
  it.each([1, 2, 3])(
    'proves what limits stage %d',
    async (stage) => {
      const { answer } = await asked<{ run: string; confirmation: Confirmation }>('run', String(stage), '--confirm');
      runs.push(
        answer.run,
        answer.confirmation.named.run,
        ...(answer.confirmation.runnerUp === null ? [] : [answer.confirmation.runnerUp.run]),
      );
      expect(answer.confirmation.kind).toBe('confirmed');
    },
    15 * MINUTE,
  );
});
