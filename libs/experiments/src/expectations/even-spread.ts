import { percent } from '@loadstair/analysis';
import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, SHARE, TIER } from '../fields.ts';
import { count, hostsOf, LEAST_SERVED, steadyOf } from '../reading.ts';

/** Every living server of a tier gets its even share of what the balancer gave, but for this share of it. */
export const spreadsEvenly = defineExpectation({
  kind: 'even-spread',
  input: z.strictObject({ phase: PHASE, tier: TIER, within: SHARE }),
  phases: onePhase,
  sentence: ({ phase, tier, within }) => ({
    about: `requests spread evenly over the ${tier} servers: ${phase}`,
    expected: `every server within ${percent(within)} of its even share`,
  }),
  observe(observed, { phase, tier }) {
    const steady = steadyOf(observed, phase);
    const living = steady === null ? [] : hostsOf(steady, tier).filter(({ alive, served }) => alive && served !== null);
    const servers = living.map(({ host, served }) => ({ host, served: served ?? 0 }));
    const total = servers.reduce((sum, { served }) => sum + served, 0);
    const even = total / Math.max(1, servers.length);
    if (servers.length < 2 || even < LEAST_SERVED)
      return unseen(`${servers.length} servers got ${count(Math.round(total))} requests: too few to tell`);
    return { servers, total, furthest: Math.max(...servers.map(({ served }) => Math.abs(served / even - 1))) };
  },
  judge: ({ servers, total, furthest }, { within }) => ({
    measured: `the largest deviation is ${percent(furthest)}`,
    ...atMost(furthest, within),
    details: servers.map(({ host, served }) => `${host}  ${count(Math.round(served))} requests, ${((100 * served) / total).toFixed(1)} %`),
    values: { furthest, ...Object.fromEntries(servers.map(({ host, served }) => [host, served])) },
  }),
});
