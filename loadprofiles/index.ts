import type { Profile } from './lib/plan.ts';
import { average } from './profiles/average.ts';
import { famous } from './profiles/famous.ts';
import { favourites } from './profiles/favourites.ts';
import { files } from './profiles/files.ts';
import { galleries } from './profiles/galleries.ts';
import { mixed } from './profiles/mixed.ts';
import { newcomers } from './profiles/newcomers.ts';
import { pages } from './profiles/pages.ts';
import { reads } from './profiles/reads.ts';
import { regulars } from './profiles/regulars.ts';
import { seldom } from './profiles/seldom.ts';
import { sharedHost } from './profiles/shared-host.ts';
import { smoke } from './profiles/smoke.ts';
import { soak } from './profiles/soak.ts';
import { spike } from './profiles/spike.ts';
import { talks } from './profiles/talks.ts';
import { walls } from './profiles/walls.ts';
import { writes } from './profiles/writes.ts';

/** The stored profiles. `mixed` is the same on all stages, for comparison; each stage has one that reveals its limit. */
export const profiles: readonly Profile[] = [
  mixed,
  sharedHost,
  pages,
  reads,
  favourites,
  galleries,
  regulars,
  newcomers,
  talks,
  famous,
  seldom,
  files,
  walls,
  writes,
  smoke,
  average,
  spike,
  soak,
];

export { FIRST_SERVER } from './lib/cookies.ts';
export type {
  Climb,
  JourneyName,
  LoadPlan,
  Outcome,
  PlannedStep,
  Profile,
  ProfileSteps,
  PromisedWrite,
  RegionOfUsers,
  RequestRow,
  Via,
} from './lib/plan.ts';
export { OUTCOMES } from './lib/plan.ts';
export { CLIMB, SLO } from './lib/shapes.ts';
export { arrivalsOf, dueTimes, journeysOf, leadS, random } from './lib/schedule.ts';
export { traceOf } from './lib/trace.ts';
