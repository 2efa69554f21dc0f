import { expect, it } from '@jest/globals';
import { RUN_BODY } from '@loadstair/runs/run-request';
import { planExperiment } from './experiments/run-experiment.ts';
import { planRun } from './run.ts';

const OWN = {
  name: 'mine',
  purpose: 'Feeds are read.',
  slo: { quantile: 0.9, latencyMs: 400, errorShare: 0 },
  journeys: { read: 1 },
  steps: { kind: 'fixed', loads: [{ rate: 5, holdS: 60 }], settleS: 3 },
};
const asked = (body: object): ReturnType<typeof planRun> => planRun(RUN_BODY.parse({ stage: 1, ...body }));

it('a profile of one’s own is planned like a stored one, and kept whole', () => {
  const { about } = asked({ profile: OWN });
  expect(about).toMatchObject({ profile: OWN, ownProfile: OWN, command: './lab run 1 --profile ./mine.ts' });
  expect(about.plannedSeconds).toBeGreaterThan(60);
  expect(asked({ profile: 'smoke' }).about).not.toHaveProperty('ownProfile');
});

it('an SLO that is typed replaces that of the profile, but not in what is kept', () => {
  const slo = { quantile: 0.99, latencyMs: 100, errorShare: 0.5 };
  expect(asked({ profile: OWN, slo }).about).toMatchObject({ profile: { slo }, ownProfile: { slo: OWN.slo } });
});

it('a profile of one’s own cannot pass for a stored one', () => {
  expect(() => asked({ profile: { ...OWN, name: 'smoke' } })).toThrow('There is a stored profile smoke.');
  expect(RUN_BODY.safeParse({ stage: 1, profile: { ...OWN, script: 'x' } }).success).toBe(false);
});

it('an experiment is done with other users where they are asked for', () => {
  const { profile } = RUN_BODY.parse({ stage: 1, profile: OWN });
  const { about } = planExperiment({ name: 'cpu-split', profile, quick: true, seed: 7 });
  expect(about).toMatchObject({ profile: OWN, command: './lab experiment cpu-split --profile ./mine.ts --quick --seed 7' });
});
