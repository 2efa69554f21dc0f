import { describe, expect, it } from '@jest/globals';
import { diagnose, verdictLines, type RunData } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { loadBalancer } from '@loadstair/stages/simulated';
import { runOf, stepsAt } from '../cases/case.ts';
import { simulate } from './simulate.ts';

const LOAD = 60;

/** Web servers whose event loops are full at LOAD, because requests stop them, behind a balancer that looks at them, or does not. */
function climb(seed: number, checks: boolean): RunData {
  const base = loadBalancer.site(new Chance(seed), 'pages', LOAD, 2);
  const line = (loadBalancer.later ?? []).find(({ kind }) => kind === 'taken out');
  // What chance draws first may stop it for longer than the lab can be set to.
  const injected = Array.from({ length: 10 }, (_, n) => line?.cause(base, LOAD, new Chance(seed + 100 * n)) ?? null).find(
    (one) => one !== null,
  );
  if (injected === undefined) throw new Error('requests can always stop an event loop');
  const { site } = injected;
  const { components } = site.model;
  const model = { ...site.model, components: { ...components, haproxy: { ...components.haproxy, checks } } };
  const run = runOf(loadBalancer, { ...site, model }, 'taken-out', seed, LOAD);
  return simulate({ ...run, loads: stepsAt((line?.climb ?? []).map((share) => share * LOAD)) });
}

describe.each([1, 2, 3])('a balancer that takes busy servers out of service, seed %i', (seed) => {
  const run = climb(seed, true);
  const outs = run.steps.flatMap(({ outOfService }) => outOfService ?? []);

  it('leaves them idle meanwhile, so that their mean use hides that they are full', () => {
    expect(outs.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThan(0);
    expect(outs.every(({ by, check }) => by === 'lb-1' && check !== 'refused')).toBe(true);
  });

  it('does not hide the limit, and is said', () => {
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'web', resource: 'event-loop', with: [] });
    expect(verdictLines(verdict, run).join('\n')).toMatch(
      /out +lb-1 took web-\d out of service (once|\d+ times) \(\d+ % of the time\), because its health check timed out/,
    );
  });

  it('does nothing of the kind where it does not look', () => {
    expect(climb(seed, false).steps.every(({ outOfService }) => outOfService === undefined)).toBe(true);
  });
});
