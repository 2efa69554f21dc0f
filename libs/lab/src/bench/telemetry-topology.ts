import { VARIANTS, type Variant } from '@loadstair/measure';
import { stageByNumber } from '@loadstair/stages';
import { addTier, evolve, link, resize, setOnTier, splitTier, type Tier, type Topology } from '@loadstair/topology';

/** Two processes of each variant: one process alone may be a few percent slower than its twin for no reason of its code. */
const PROCESSES = 2;

/**
 * Stage 2 with two kinds of web server on one database: with telemetry as in any run, and bare. Clients reach every one of
 * them, so that load is sent to one at a time; the database has room, so that it never decides.
 */
export function telemetryTopology(): Topology {
  const { topology } = stageByNumber(2);
  const web = topology.tiers.find((tier) => tier.name === 'web');
  if (web === undefined) throw new Error('Stage 2 has no tier web.');
  const tier = (name: Variant): Tier => ({ ...web, name, count: PROCESSES });
  return evolve(
    topology,
    { stage: topology.stage, slug: 'telemetry-cost', title: 'Telemetry on and off' },
    splitTier('web', [tier('full')]),
    addTier(tier('bare'), 'db'),
    setOnTier('bare', 'site', { telemetry: 'off' }),
    resize('db', { cpu: 2 }),
    ...VARIANTS.flatMap((name) => [link('clients', name, 'http'), link(name, 'db', 'sql')]),
  );
}
