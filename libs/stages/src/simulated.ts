import { simulated as singleServer } from './01-single-server/simulated.ts';
import { simulated as separateDatabase } from './02-separate-database/simulated.ts';
import { simulated as loadBalancer } from './03-load-balancer/simulated.ts';
import { simulated as replication } from './04-replication/simulated.ts';
import { simulated as cache } from './05-cache/simulated.ts';
import { simulated as cdn } from './06-cdn/simulated.ts';
import type { SimulatedStage } from './simulated/simulated-stage.ts';

export type {
  CaseSite,
  Cause,
  CauseInSite,
  Injected,
  PairOfCauses,
  Rounds,
  SimulatedStage,
  SingleCause,
  SpoiltRuns,
} from './simulated/simulated-stage.ts';
export { fullAt } from './simulated/arrival-demand.ts';
export { drawn, labCpus } from './simulated/case-site.ts';

export { cache, cdn, loadBalancer, replication, separateDatabase, singleServer };

/** What the simulator is told of each stage, in order. */
export const simulatedStages: readonly SimulatedStage[] = [singleServer, separateDatabase, loadBalancer, replication, cache, cdn];
