import { demandOf, HEALTHY, type Assumed, type Demand, type SimulatedModel } from '@loadstair/components';
import { profileByName, requestsOf, type JourneyName } from '@loadstair/load';
import type { Topology } from '@loadstair/topology';

/** Share of wake-ups that remain when a host is full: it wakes once a period, and finds a batch. */
export const FULL_WAKES = 0.12;
/** Of a host that is not full: it wakes up for nearly every request, so that what it needs is more than when it is. */
export const CALM_WAKES = 0.8;

/** What an arrival of a profile takes of a site. */
export function arrivalDemand(topology: Topology, profile: string, model: Pick<SimulatedModel, 'components'>, assumed: Assumed): Demand {
  const { journeys } = profileByName(profile);
  const mix = (Object.entries(journeys) as [JourneyName, number][]).map(([journey, share]) => ({ requests: requestsOf(journey), share }));
  return demandOf(topology, mix, model, assumed);
}

/** CPU of one lab CPU in a second, ms. */
const LAB_CPU_MS = 100;

/** Load at which the CPUs of the first tier of a healthy site would be full, arrivals/s, by arithmetic. */
export function fullAt(topology: Topology, profile: string): number {
  const demand = arrivalDemand(topology, profile, HEALTHY, { missed: 0.05, unsent: 0, wakesLeft: FULL_WAKES });
  return Math.min(
    ...topology.tiers.map(({ name, count, cpu }) => {
      const cpuMs = [...(demand.get(name)?.cpuMs.values() ?? [])].reduce((sum, ms) => sum + ms, 0);
      return cpuMs === 0 ? Infinity : (count * cpu * LAB_CPU_MS) / cpuMs;
    }),
  );
}
