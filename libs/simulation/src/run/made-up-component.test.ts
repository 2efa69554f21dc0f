import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { diagnose } from '@loadstair/analysis';
import { componentOf, registerComponent, type Component, type SimulatedComponent } from '@loadstair/components';
import type { PlannedStep } from '@loadstair/load';
import { stageByNumber } from '@loadstair/stages';
import { addTier, evolve, link, makePrivate, peers, unlink, type Tier, type Topology } from '@loadstair/topology';
import { simulate, type SimulatedRun } from './simulate.ts';

/** Stands before the site and stamps every request. */
const porter: SimulatedComponent<{ readonly stampMs: number }> = {
  healthy: { stampMs: 1 },
  threads: () => ({ atOnce: 1, wakeMs: 0 }),
  start: ({ world, host, program }, { stampMs }) => ({
    serves: {
      http: {
        serve: (request, _connects, answer) =>
          program.do(stampMs, () => {
            const [site] = peers(world.placement, host, 'http');
            if (site === undefined) throw new Error('nobody stands behind the porter');
            world.reach(host.place, site, 'http', () => world.serving(site, 'http').serve(request, true, answer));
          }),
      },
    },
    get usedMs() {
      return program.usedMs;
    },
    read: () => [],
  }),
};

/** As a component that has no process of interest. */
function named(kind: string, simulated?: SimulatedComponent): Component {
  const { declaration, ...rest } = componentOf('varnish');
  const component = { ...rest, declaration: { ...declaration, kind } };
  delete component.simulated;
  return simulated === undefined ? component : { ...component, simulated };
}

const undo: (() => void)[] = [];
beforeAll(() => {
  undo.push(registerComponent(named('porter', porter)), registerComponent(named('mute')));
});
afterAll(() => undo.forEach((one) => one()));

function behind(kind: string): Topology {
  return evolve(
    stageByNumber(1).topology,
    { stage: 1, slug: 'gate', title: 'Gate' },
    makePrivate('server'),
    unlink('clients', 'server'),
    addTier({ name: 'gate', count: 1, cpu: 1, memoryMiB: 128, components: [kind], settings: {}, public: true }, 'server'),
    link('clients', 'gate', 'http'),
    link('gate', 'server', 'http'),
  );
}

const LOADS = [5, 8, 11, 14, 17, 20, 24, 28];
const steps = LOADS.map((rate, index): PlannedStep => ({ index: index + 1, kind: 'load', rate, holdS: 18, settleS: 3 }));
const run = (topology: Topology, model: SimulatedRun['model']): SimulatedRun => ({
  name: 'made-up',
  topology,
  profile: 'pages',
  model,
  disturbance: {},
  seed: 5,
  quick: false,
  loads: { steps, endsAfter: 'two-failures' },
});

it('a component that nobody else knows brings how it is simulated, and is named when its CPU runs out', () => {
  // Two requests an arrival of 2.5 ms each: 20 arrivals/s on the 100 ms of a lab CPU.
  const verdict = diagnose(simulate(run(behind('porter'), { components: { porter: { stampMs: 2.5 } } })));
  expect(verdict).toMatchObject({ kind: 'named', tier: 'gate', resource: 'cpu' });
  if (verdict.kind !== 'named') return;
  expect(verdict.saturation).toBeGreaterThan(17);
  expect(verdict.saturation).toBeLessThan(23);
});

it('costs nothing to speak of while it is healthy', () => {
  expect(diagnose(simulate(run(behind('porter'), { components: { porter: { stampMs: 0.1 } } }))).kind).toBe('none-in-range');
});

it('a component without a simulation is said to have none when it is asked', () => {
  expect(() => simulate(run(behind('mute'), {}))).toThrow('Nothing on gate-1 (mute) serves http in the simulator');
});

it('a second group of databases gets half of the work, and a second balancer half of the requests', () => {
  const { topology } = stageByNumber(3);
  const [db, lb] = ['db', 'lb'].map((name) => topology.tiers.find((tier) => tier.name === name)) as [Tier, Tier];
  const doubled = evolve(
    topology,
    topology,
    addTier({ ...db, name: 'vault' }),
    addTier({ ...lb, name: 'porch' }, 'web'),
    link('clients', 'porch', 'http'),
    link('porch', 'web', 'http'),
    link('web', 'vault', 'sql'),
  );
  const { steps: measured } = simulate(run(doubled, {}));
  const busy = (resource: string): number =>
    measured.find(({ index }) => index === 5)?.use.find((use) => use.resource === resource)?.busy ?? 0;
  for (const [one, other] of [
    ['db-1/cpu', 'vault-1/cpu'],
    ['lb-1/cpu', 'porch-1/cpu'],
  ] as const) {
    expect(busy(one)).toBeGreaterThan(0.02);
    expect(Math.abs(Math.log(busy(one) / busy(other)))).toBeLessThan(0.35);
  }
});
