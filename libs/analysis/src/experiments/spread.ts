import { percent } from '../format.ts';
import { count, hostsOf, steadyOf, unseen, type Of } from './of.ts';
import type { Observed } from './observed.ts';
import type { ExpectationResult } from './outcome.ts';

/** Below so many requests a server, one more or less is a large share. */
const LEAST_REQUESTS = 30;

/** Every living server of a tier gets its even share of what the balancer gave. */
export function evenSpread({ phase, tier, within }: Of<'even-spread'>, observed: Observed): ExpectationResult {
  const about = `requests spread evenly over the ${tier} servers: ${phase}`;
  const expected = `every server within ${percent(within)} of its even share`;
  const steady = steadyOf(observed, phase);
  const servers = steady === null ? [] : hostsOf(steady, tier).filter((host) => host.alive && host.served !== null);
  const total = servers.reduce((sum, host) => sum + (host.served ?? 0), 0);
  const even = total / Math.max(1, servers.length);
  if (servers.length < 2 || even < LEAST_REQUESTS) {
    return unseen(about, expected, `${servers.length} servers got ${count(Math.round(total))} requests: too few to tell`);
  }
  const off = Math.max(...servers.map((host) => Math.abs((host.served ?? 0) / even - 1)));
  return {
    about,
    expected,
    measured: `the one furthest away is ${percent(off)} off`,
    holds: off <= within,
    details: servers.map(
      (host) => `${host.host}  ${count(Math.round(host.served ?? 0))} requests, ${((100 * (host.served ?? 0)) / total).toFixed(1)} %`,
    ),
    values: { furthest: off, ...Object.fromEntries(servers.map((host) => [host.host, host.served])) },
  };
}

/** The dead get nothing, the living everything. */
export function movedAway({ phase, tier }: Of<'moved-away'>, observed: Observed): ExpectationResult {
  const about = `traffic goes to the living ${tier} servers: ${phase}`;
  const expected = 'the dead one gets none of it';
  const steady = steadyOf(observed, phase);
  const servers = steady === null ? [] : hostsOf(steady, tier).filter((host) => host.served !== null);
  const living = servers.filter((host) => host.alive).reduce((sum, host) => sum + (host.served ?? 0), 0);
  const dead = servers.filter((host) => !host.alive);
  if (dead.length === 0 || living < LEAST_REQUESTS) return unseen(about, expected, 'too few requests, or nobody was dead');
  const lost = dead.reduce((sum, host) => sum + (host.served ?? 0), 0);
  return {
    about,
    expected,
    measured: `${count(Math.round(lost))} of ${count(Math.round(living + lost))} requests`,
    // Half a request is the interpolation between two readings.
    holds: lost < 0.5,
    details: servers.map((host) => `${host.host}  ${count(Math.round(host.served ?? 0))} requests${host.alive ? '' : ', dead'}`),
    values: { dead: lost, living },
  };
}
