import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Experiment, ExperimentOutcome, Observed } from '@loadstair/experiments';
import { readSeries } from '@loadstair/runs';
import { experiments, stages, topologyOf } from '@loadstair/stages';
import { burnersOf, leftoversOf } from '@loadstair/verify';
import { EXPERIMENTS_TOLD, type Held } from '@loadstair/checks/experiment-checks';
import { lab, labOk, REFUSED, statusOf } from './testing/lab-command.ts';
import { countRepeat, MOST_REPEATS } from './testing/repeated.ts';

const INSTANCE = 26;
const AT = ['--instance', String(INSTANCE)];
/** The long forms take ten minutes together; `lab test --all` asks for them. */
const QUICK = process.env['LOADSTAIR_TEST_ALL'] === '1' ? [] : ['--quick'];
const UP_MS = 120_000;
/** Names with commas between; without, every experiment runs. */
const CHOSEN = process.env[EXPERIMENTS_TOLD.names]?.split(',');
/** File that gets a line for each that held. */
const HELD = process.env[EXPERIMENTS_TOLD.held];
interface Printed {
  readonly run: string;
  readonly outcome: ExperimentOutcome;
  readonly folder: string;
}

async function experiment(name: string): Promise<Printed & { readonly status: number | null }> {
  for (let repeats = 0; ; repeats += 1) {
    const { status, stdout, stderr } = await lab(['experiment', name, ...QUICK, '--json', ...AT]);
    if (stdout === '') throw new Error(`./lab experiment ${name} ended with ${status}: ${stderr}`);
    if (status !== REFUSED || repeats === MOST_REPEATS) return { ...(JSON.parse(stdout) as Printed), status };
    countRepeat(`${name}: ${stdout}`);
  }
}

afterAll(async () => {
  await lab(['down', ...AT]);
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, UP_MS);

const here = experiments().filter(({ name }) => CHOSEN === undefined || CHOSEN.includes(name));
/** Those of other stages last: they leave fresh servers behind, which the next would have to warm again. */
const on = (stage: number): Experiment[] =>
  here.filter((one) => topologyOf(one).stage === stage).toSorted((a, b) => Number(a.runsOn !== undefined) - Number(b.runsOn !== undefined));
const grounds = stages.map(({ topology }) => topology.stage).filter((stage) => on(stage).length > 0);

describe.each(grounds.map((stage) => ({ stage })))('on stage $stage', ({ stage }) => {
  const own = on(stage);
  let before: string[] = [];
  const listed: string[] = [];
  const shape = async (): Promise<string[]> =>
    (await statusOf(INSTANCE)).hosts.map(({ tier, state, cpu }) => `${tier} ${state} ${cpu}`).sort();

  it(
    'comes up',
    async () => {
      await labOk('up', String(stage), ...AT);
      before = await shape();
      expect(burnersOf(INSTANCE)).toEqual([]);
    },
    UP_MS,
  );

  it.each(own.map(({ name }) => ({ name })))(
    '$name: every expectation holds, and all is kept',
    async ({ name }) => {
      const begunMs = performance.now();
      const { status, run, outcome, folder } = await experiment(name);
      expect(outcome.results.filter((result) => result.holds !== true)).toEqual([]);
      expect({ status, kind: outcome.kind, experiment: outcome.experiment }).toEqual({ status: 0, kind: 'held', experiment: name });

      const kept = JSON.parse(readFileSync(join(folder, 'experiment.json'), 'utf8')) as { outcome: unknown; observed: Observed };
      expect(kept.outcome).toEqual(outcome);
      const events = readFileSync(join(folder, 'events.ndjson'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string });
      expect(events.filter(({ type }) => type === 'action')).toHaveLength(kept.observed.actions.length);
      expect(events.filter(({ type }) => type === 'step')).toHaveLength(kept.observed.phases.length);
      expect(readSeries(folder).annotations['Steps']).toHaveLength(kept.observed.phases.length);
      // A site that only is up leaves the machine idle.
      expect(burnersOf(INSTANCE)).toEqual([]);

      const shown = await labOk('show', run);
      for (const { about } of outcome.results) expect(shown.replaceAll(/\s+/g, ' ')).toContain(about);
      for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      listed.push(run);
      const held: Held = { name, tookS: (performance.now() - begunMs) / 1000 };
      if (HELD !== undefined) appendFileSync(HELD, `${JSON.stringify(held)}\n`);
    },
    10 * 60_000,
  );

  it('are in the list of runs', async () => {
    const list = await labOk('runs');
    for (const run of listed) expect(list).toContain(`${run}  `);
  });

  it('is as it was', async () => {
    expect(await shape()).toEqual(before);
  });

  it(
    'goes down',
    async () => {
      expect((await lab(['down', ...AT])).status).toBe(0);
    },
    UP_MS,
  );
});
