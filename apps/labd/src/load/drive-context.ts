import { join } from 'node:path';
import type { PlannedStep, Profile } from '@loadstair/load';
import type { RunEvent } from '@loadstair/runs';
import type { LabdConfig } from '../config.ts';
import type { SiteSession } from '../site-session.ts';
import { generate, type Generation } from './generation.ts';

/**
 * `run`: the profile's own steps. `search`: a coarse climb, then trials around where it fails. `around`: a short climb around
 * a load that is known.
 */
export type Purpose = { readonly kind: 'run' } | { readonly kind: 'search' } | { readonly kind: 'around'; readonly load: number };

/** Everything that offering load needs to know. */
export interface DriveContext {
  readonly config: LabdConfig;
  readonly session: SiteSession;
  readonly k6: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly quick: boolean;
  readonly scale: number;
  /** What the climb is for. */
  readonly purpose: Purpose;
  readonly run: string;
  readonly stage: number;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/** Where a run's load generator works; it goes when the run has ended. */
export function runFolder({ config, run }: DriveContext): string {
  return join(config.labFolder, 'runs', run, 'load');
}

/** Starts k6 on steps that follow each other. */
export function startGeneration(context: DriveContext, steps: readonly PlannedStep[]): Generation {
  const { session, profile, config } = context;
  const { site } = session;
  return generate(
    {
      run: context.run,
      stage: context.stage,
      profile: profile.name,
      seed: context.seed,
      baseUrl: site.url.named,
      journeys: profile.journeys,
      steps,
      users: 20_000,
      photos: 60_000,
      tracedShare: steps[0]?.kind === 'warm-up' ? 0 : 0.02,
    },
    {
      k6: context.k6,
      folder: runFolder(context),
      repoFolder: config.repoFolder,
      clientCommand: (command, args) => site.clientCommand(command, args),
      clientPrefix: site.placement.clientPrefix,
      prometheusUrl: steps[0]?.kind === 'warm-up' ? null : session.prometheusUrl,
    },
  );
}
