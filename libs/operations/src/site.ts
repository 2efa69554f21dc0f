import type { Placement } from '@loadstair/topology';
import { offeredIn, type Capability, type Offered } from './capability.ts';

/** A running site as actions see it. */
export interface OperableSite {
  readonly placement: Placement;
  hosts(): readonly SiteHost[];
  /** Null where the site has none. */
  capability<Offer>(wanted: Capability<Offer>): Offer | null;
}

export interface SiteHost {
  readonly name: string;
  readonly tier: string;
  readonly address: string;
  readonly state: 'starting' | 'up' | 'draining' | 'down' | 'stopped';
  /** Of a database that others follow: whether it takes the writes; null for every other host. */
  readonly role: 'primary' | 'replica' | null;
}

/** The same site with more capabilities, for example those of the load that runs on it. */
export function withOffers(site: OperableSite, offers: readonly Offered[]): OperableSite {
  return {
    get placement() {
      return site.placement;
    },
    hosts: () => site.hosts(),
    capability: (wanted) => offeredIn(offers, wanted) ?? site.capability(wanted),
  };
}
