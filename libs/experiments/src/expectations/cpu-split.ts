import { percent, rate } from '@loadstair/analysis';
import { z } from 'zod';
import { allHold, atLeast } from '../bound.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { onePhase, PHASE, SHARE, TIER } from '../fields.ts';
import { hostsOf, steadyOf } from '../reading.ts';

/** Every component takes at least this share of the CPU that its host uses. */
export const splitsCpu = defineExpectation({
  kind: 'cpu-split',
  input: z.strictObject({ phase: PHASE, tier: TIER, least: SHARE }),
  phases: onePhase,
  sentence: ({ tier, least }) => ({
    about: `the CPU time of ${tier} is split between its components`,
    expected: `each uses at least ${percent(least)}`,
  }),
  observe(observed, { phase, tier }) {
    const steady = steadyOf(observed, phase);
    const host = steady === null ? undefined : hostsOf(steady, tier)[0];
    const parts = Object.entries(host?.byComponent ?? {});
    const total = parts.reduce((sum, [, cores]) => sum + cores, 0);
    if (host === undefined || parts.length < 2 || total <= 0) return unseen('CPU time by component was not measured');
    const shares = parts.map(([name, cores]) => ({ name, share: cores / total, cores }));
    return { host: host.host, shares, arrivalsPerS: steady?.achieved ?? 0 };
  },
  judge: ({ host, shares, arrivalsPerS }, { least }) => ({
    measured: shares.map(({ name, share }) => `${name} ${percent(share)}`).join(', '),
    ...allHold(...shares.map(({ share }) => atLeast(share, least))),
    details: [
      ...shares.map(({ name, cores }) => `${name.padEnd(9)} ${(cores * 1000).toFixed(1)} ms of CPU per second on ${host}`),
      `load      ${rate(arrivalsPerS)} arrivals/s`,
    ],
    values: { ...Object.fromEntries(shares.map(({ name, share }) => [`${name}Share`, share])), arrivalsPerS },
  }),
});
