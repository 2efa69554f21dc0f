import { demandOf, type Assumed, type Demand, type SimulatedModel } from '@loadstair/components';
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
