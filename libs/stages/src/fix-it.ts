import { declarations } from '@loadstair/components/declarations';
import type { Fix, HostCost } from '@loadstair/labs';
import { applySettings, type Topology } from '@loadstair/topology';
import { priceOf, readPrices } from './prices.ts';

/** What a lab says of a site that is to be mended. */
interface FixSpec {
  /** Id of the step of the same lab that runs this stage unchanged. */
  readonly measuredIn: string;
  /** The goal, as a multiple of the load measured there. */
  readonly factor: number;
  readonly budget: HostCost;
}

/** A step in which the learner makes the site of a stage reach a goal within a budget, by any settings. */
export function fixIt(topology: Topology, spec: FixSpec): { readonly kind: 'fix'; readonly stage: number; readonly fix: Fix } {
  return {
    kind: 'fix',
    stage: topology.stage,
    fix: {
      ...spec,
      topology,
      changed: (set) => applySettings(topology, set, declarations),
      price(changed) {
        const prices = readPrices();
        return `${priceOf(changed, prices).toFixed(2)} ${prices.currency} a month`;
      },
    },
  };
}
