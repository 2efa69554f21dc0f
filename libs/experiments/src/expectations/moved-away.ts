import { z } from 'zod';
import { atMost } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, TIER } from '../fields.ts';
import { count, hostsOf, LEAST_SERVED, steadyOf } from '../reading.ts';

/** Nobody but hosts that live serve, and they do. */
export const movedAway = defineExpectation({
  kind: 'moved-away',
  input: z.strictObject({ phase: PHASE, tier: TIER }),
  phases: onePhase,
  sentence: ({ phase, tier }) => ({
    about: `traffic goes to the remaining ${tier} servers: ${phase}`,
    expected: 'the dead server gets no requests',
  }),
  observe(observed, { phase, tier }) {
    const steady = steadyOf(observed, phase);
    const servers = steady === null ? [] : hostsOf(steady, tier).filter((host) => host.served !== null);
    const living = servers.filter((host) => host.alive).reduce((sum, host) => sum + (host.served ?? 0), 0);
    const dead = servers.filter((host) => !host.alive);
    if (dead.length === 0 || living < LEAST_SERVED) return unseen('too few requests, or no server was dead');
    return { servers, living, lost: dead.reduce((sum, host) => sum + (host.served ?? 0), 0) };
  },
  judge: ({ servers, living, lost }) => ({
    measured: `the dead server got ${count(Math.round(lost))} of ${count(Math.round(living + lost))} requests`,
    // Half a request is the interpolation between two readings.
    ...atMost(lost, 0.5),
    details: servers.map((host) => `${host.host}  ${count(Math.round(host.served ?? 0))} requests${host.alive ? '' : ', dead'}`),
    values: { dead: lost, living },
  }),
});
