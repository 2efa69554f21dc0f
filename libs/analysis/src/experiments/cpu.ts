import { componentWord, percent } from '../format.ts';
import { median } from '../statistics.ts';
import { hostsOf, steadyOf, unseen, type Of } from './of.ts';
import type { Observed, Steady } from './observed.ts';
import type { ExpectationResult } from './outcome.ts';

/** How one host's CPU splits between what runs on it. */
export function cpuSplit({ phase, tier, least }: Of<'cpu-split'>, observed: Observed): ExpectationResult {
  const about = `CPU of ${tier} splits between its components`;
  const expected = `each takes more than ${percent(least)} of it`;
  const steady = steadyOf(observed, phase);
  const host = steady === null ? undefined : hostsOf(steady, tier)[0];
  const parts = Object.entries(host?.byComponent ?? {});
  const total = parts.reduce((sum, [, cores]) => sum + cores, 0);
  if (host === undefined || parts.length < 2 || total <= 0) return unseen(about, expected, 'use by component was not measured');
  const shares = parts.map(([component, cores]) => ({ name: componentWord(component), share: cores / total, cores }));
  return {
    about,
    expected,
    measured: shares.map(({ name, share }) => `${name} ${percent(share)}`).join(', '),
    holds: shares.every(({ share }) => share > least),
    details: shares.map(({ name, cores }) => `${name.padEnd(9)} ${(cores * 1000).toFixed(1)} ms of CPU a second on ${host.host}`),
    values: Object.fromEntries(shares.map(({ name, share }) => [`${name}Share`, share])),
  };
}

/** CPU a tier spends on one arrival, in one kind of phase against another. Phases alternate, so the machine's drift falls on both. */
export function cheaperArrival({ tier, phases, than }: Of<'cheaper-arrival'>, observed: Observed): ExpectationResult {
  const about = `${tier} CPU of one ${phases} read against one ${than} read`;
  const expected = `${phases} takes less`;
  const cost = (prefix: string): number[] =>
    observed.phases.flatMap((phase) => (phase.name.startsWith(prefix) && phase.steady !== null ? perArrivalMs(phase.steady, tier) : []));
  const [own, other] = [cost(phases), cost(than)];
  const pairs = own.slice(0, other.length).map((ms, index) => ms / (other[index] as number));
  const [ownMs, otherMs, ratio] = [median(own), median(other), median(pairs)];
  if (ownMs === null || otherMs === null || ratio === null || pairs.length < 2)
    return unseen(about, expected, 'too few phases were measured');
  const micro = (ms: number): string => `${Math.round(ms * 1000)} µs`;
  return {
    about,
    expected,
    measured: `${micro(ownMs)} against ${micro(otherMs)}: ×${ratio.toFixed(2)} (${Math.min(...pairs).toFixed(2)}–${Math.max(...pairs).toFixed(2)}), ${pairs.length} pairs`,
    holds: ratio < 1,
    details: pairs.map(
      (one, index) => `pair ${index + 1}  ${micro(own[index] as number)} against ${micro(other[index] as number)}: ×${one.toFixed(2)}`,
    ),
    values: { ownMs, otherMs, ratio, leastRatio: Math.min(...pairs), mostRatio: Math.max(...pairs) },
  };
}

function perArrivalMs(steady: Steady, tier: string): number[] {
  const cores = hostsOf(steady, tier).reduce((sum, host) => sum + host.cores, 0);
  return steady.achieved <= 0 || cores <= 0 ? [] : [(1000 * cores) / steady.achieved];
}
