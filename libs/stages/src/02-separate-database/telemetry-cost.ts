import { addTier, evolve, link, resize, setOnTier, splitTier, type Tier, type Topology } from '@loadstair/topology';

/** Two processes of each kind: one process alone may be a few percent slower than its twin for no reason of its code. */
const PROCESSES = 2;

/**
 * The site with two kinds of web server on one database: with telemetry as in any run, and bare. Clients reach every one of
 * them, so that load is sent to one at a time; the database has room, so that it never decides.
 *
 * @param full the tier with telemetry
 * @param bare the tier without
 */
export function telemetryCost(topology: Topology, web: Tier, full: string, bare: string): Topology {
  const tier = (name: string): Tier => ({ ...web, name, count: PROCESSES });
  return evolve(
    topology,
    { stage: topology.stage, slug: 'telemetry-cost', title: 'Telemetry on and off' },
    splitTier(web.name, [tier(full)]),
    addTier(tier(bare), 'db'),
    setOnTier(bare, 'site', { telemetry: 'off' }),
    resize('db', { cpu: 2 }),
    ...[full, bare].flatMap((name) => [link('clients', name, 'http'), link(name, 'db', 'sql')]),
  );
}
