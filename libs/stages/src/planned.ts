import { stages } from './catalogue.ts';

/** A step of the story that has no stage yet: what it will be, and no promise of a result. */
export interface PlannedStage {
  readonly stage: number;
  readonly slug: string;
  readonly title: string;
  /** What will be different from the stage before, one sentence. */
  readonly changed: string;
}

/** In order. Whoever builds one takes its line away. */
const PLANNED: readonly PlannedStage[] = [
  {
    stage: 7,
    slug: 'stateless-web-tier',
    title: 'Stateless web tier',
    changed: 'Sessions move to a store that all web servers share, so any server can answer any user and the tier can grow and shrink.',
  },
  {
    stage: 8,
    slug: 'message-queue',
    title: 'Message queue',
    changed: 'Photos are processed by workers that take jobs from a durable queue; the web servers answer at once.',
  },
  {
    stage: 9,
    slug: 'automation',
    title: 'Logging, metrics, automation',
    changed: 'The logs of all servers are in one place, alerts run runbooks, and releases roll back by themselves.',
  },
  {
    stage: 10,
    slug: 'sharding',
    title: 'Sharding',
    changed: 'Users are spread over several database groups by their id.',
  },
  {
    stage: 11,
    slug: 'data-centres',
    title: 'Several data centres',
    changed: 'Two data centres serve the users nearest to them, and either one can take over all of them.',
  },
];

/** Steps after the last stage of the catalogue. */
export function plannedStages(): readonly PlannedStage[] {
  return PLANNED.filter(({ stage }) => stage > stages.length);
}
