import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { diagnose, fromStored, type Relaxed, type RunData } from '@loadstair/analysis';
import type { OpenedRun } from '../run-folder.ts';
import { proofPlan, type ProofRun } from './proof-plan.ts';
import { prove } from './prove.ts';

/** Three real runs: as it was, with more of what was named, with more of the runner-up. */
interface Recorded {
  readonly before: RunData;
  readonly named: Relaxed;
  readonly runnerUp: Relaxed;
}

const stored = JSON.parse(
  gunzipSync(readFileSync(resolve(import.meta.dirname, '../../../analysis/fixtures/confirmed/stage-3.json.gz'))).toString('utf8'),
) as Recorded;
const asNow = (relaxed: Relaxed): Relaxed => ({ ...relaxed, run: fromStored(relaxed.run) });
const recorded: Recorded = { before: fromStored(stored.before), named: asNow(stored.named), runnerUp: asNow(stored.runnerUp) };

/** Sizes of the stage as it was when it was recorded; only what can be given more. */
const topology = {
  tiers: [
    { name: 'lb', cpu: 1, components: ['haproxy'], settings: {} },
    { name: 'web', cpu: 1, components: ['site'], settings: { site: { pool: 10 } } },
    { name: 'db', cpu: 1, components: ['postgres'], settings: {} },
  ],
};

function opened(runData: RunData, verdict = diagnose(runData)): OpenedRun {
  const manifest = {
    stage: 3,
    profile: 'reads',
    set: ['web.count=2'],
    seed: 7,
    burners: false,
    topology,
  } as unknown as OpenedRun['manifest'];
  return { id: runData.run, folder: '', manifest, runData, verdict, search: null, confirmation: null, outcome: null };
}

function planned(run: OpenedRun): Extract<ReturnType<typeof proofPlan>, { kind: 'planned' }> {
  const plan = proofPlan(run);
  if (plan.kind === 'planned') return plan;
  throw new Error(plan.why);
}

const before = opened(recorded.before);
const short = { 1: opened(recorded.named.run), 2: opened(recorded.runnerUp.run) } as Readonly<Record<number, OpenedRun>>;
const runShort = async (_run: ProofRun, number: number): Promise<OpenedRun | null> => short[number] ?? null;

describe('a plan', () => {
  it('gives the named resource and the next 30 % more each, in runs like the one that is to be proven', () => {
    const { runs } = planned(before);
    expect(runs.map(({ set, factor }) => [set, factor])).toEqual([
      ['db.cpu=1.3', 1.3],
      ['web.cpu=1.3', 1.3],
    ]);
    expect(runs[0]?.request).toMatchObject({ stage: 3, profile: 'reads', set: ['web.count=2', 'db.cpu=1.3'], seed: 7, burners: false });
    expect(runs[0]?.request.around).toBeGreaterThan(50);
  });

  it('needs a name', () => {
    const refused = opened(recorded.before, { kind: 'refused', codes: ['PHYS_CPU'], checks: [] });
    expect(proofPlan(refused)).toEqual({ kind: 'impossible', why: 'the verdict names no resource that could be increased' });
  });

  it('needs a resource that can be given more', () => {
    if (before.verdict.kind !== 'named') throw new Error('it was named');
    const lock = opened(recorded.before, { ...before.verdict, resource: 'lock' });
    expect(proofPlan(lock)).toEqual({ kind: 'impossible', why: 'no setting gives db more lock' });
  });
});

describe('a proof', () => {
  it('confirms what moved with the named resource alone', async () => {
    const proof = await prove(before, planned(before), runShort);
    expect(proof).toMatchObject({ kind: 'proven', confirmation: { kind: 'confirmed', runnerUp: { resource: { tier: 'web' } } } });
  });

  it('asks for no second run when the first was refused for something that matters', async () => {
    const asked: number[] = [];
    const refused = opened(recorded.named.run, { kind: 'refused', codes: ['SHORT', 'PHYS_CPU'], checks: [] });
    const proof = await prove(before, planned(before), async (_run, number) => {
      asked.push(number);
      return refused;
    });
    expect(proof).toEqual({ kind: 'impossible', why: `the short run ${refused.id} was refused: PHYS_CPU` });
    expect(asked).toEqual([1]);
  });

  it('is half a proof when only the second was refused', async () => {
    const refused = opened(recorded.runnerUp.run, { kind: 'refused', codes: ['PHYS_CPU'], checks: [] });
    const proof = await prove(before, planned(before), async (_run, number) => (number === 1 ? opened(recorded.named.run) : refused));
    expect(proof).toMatchObject({ kind: 'proven', confirmation: { kind: 'confirmed', runnerUp: null } });
  });

  it('is none when a run was stopped', async () => {
    expect(await prove(before, planned(before), async () => null)).toEqual({ kind: 'stopped' });
  });
});
