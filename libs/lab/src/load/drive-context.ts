import { join } from 'node:path';
import { TRACED_SHARE, type PlannedStep, type Profile, type RegionOfUsers } from '@loadstair/load';
import type { RunEvent } from '@loadstair/runs';
import { FILES_NAME, localClients, PORTS, turnsOfUsers, type Placement } from '@loadstair/topology';
import type { LabConfig } from '../config.ts';
import type { Recording } from '../recording.ts';
import type { SiteSession } from '../site-session.ts';
import { CLIENTS, clientLines } from './client-log.ts';
import { generate, type Generation } from './generation.ts';

/**
 * `run`: the profile's own steps. `search`: a coarse climb, then trials around where it fails. `around`: a short climb around
 * a load that is known.
 */
export type Purpose =
  { readonly kind: 'run' } | { readonly kind: 'search'; readonly trials: number } | { readonly kind: 'around'; readonly load: number };

/** Everything that offering load needs to know. */
export interface DriveContext {
  readonly config: LabConfig;
  readonly session: SiteSession;
  readonly k6: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly quick: boolean;
  readonly scale: number;
  /** What the climb is for. */
  readonly purpose: Purpose;
  readonly run: string;
  /** Of the run. */
  readonly folder: string;
  readonly stage: number;
  readonly emit: (event: RunEvent) => void;
  /** Keeps lines of a log with the run, those of its clients for example. */
  readonly keepLines: Recording['keepLines'];
  readonly signal: AbortSignal;
}

/** What a recording's measurement needs to offer load to its site. */
export function driveContext(parts: {
  readonly config: LabConfig;
  readonly session: SiteSession;
  readonly recording: Recording;
  readonly purpose: Purpose;
  readonly signal: AbortSignal;
}): DriveContext {
  const { recording, ...given } = parts;
  const { about, writer, emit, keepLines } = recording;
  const { profile, seed, quick, scale, topology } = about;
  return {
    ...given,
    k6: given.session.k6,
    profile,
    seed,
    quick,
    scale,
    run: writer.id,
    folder: writer.folder,
    stage: topology.stage,
    emit,
    keepLines,
  };
}

/** Where a run's load generator works; it goes when the run has ended. */
export function loadFolder({ folder }: Pick<DriveContext, 'folder'>): string {
  return join(folder, 'load');
}

/** Starts k6 on steps that follow each other; its failed requests are logged when it has ended. */
export function startGeneration(context: DriveContext, steps: readonly PlannedStep[]): Generation {
  const { session, profile, config } = context;
  const { site } = session;
  const regions = regionsOfUsers(site.placement);
  const generation = generate(
    {
      run: context.run,
      stage: context.stage,
      profile: profile.name,
      seed: context.seed,
      baseUrl: site.url.named,
      ...(regions.length < 2 ? {} : { regions }),
      journeys: profile.journeys,
      steps,
      users: 20_000,
      photos: 60_000,
      tracedShare: TRACED_SHARE[steps[0]?.kind ?? 'load'],
    },
    {
      k6: context.k6,
      folder: loadFolder(context),
      repoFolder: config.repoFolder,
      clientCommand: (command, args) => site.clientCommand(command, args),
      clientAddresses: localClients(site.placement).generator,
      prometheusUrl: steps[0]?.kind === 'warm-up' ? null : session.writeUrl,
    },
  );
  const keepFailures = (): void =>
    context.keepLines(
      CLIENTS,
      steps.flatMap((step) => clientLines(generation.record(step.index), step, context.seed)),
    );
  void generation.ended.then(keepFailures, keepFailures);
  return generation;
}

/**
 * k6 looks a name up once for all its users: by names that say for which place they are answered, those of each place get the answer of
 * their own. One entry an arrival, in turn.
 */
function regionsOfUsers({ topology, siteName }: Placement): RegionOfUsers[] {
  return turnsOfUsers(topology).map((name) => ({
    name,
    baseUrl: `http://${name}.${siteName}:${PORTS.http}`,
    filesUrl: `http://${name}.${FILES_NAME}:${PORTS.http}`,
  }));
}
