import { declarations } from '@loadstair/components/declarations';
import type { RunRequest } from '@loadstair/runs/run-request';
import { profileFrom, TRIALS, type Profile } from '@loadstair/load';
import { runTakesS, searchTakesS, SHORT_RUN_TAKES_S } from '@loadstair/load/durations';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { conclude } from './conclude.ts';
import type { LabConfig } from './config.ts';
import { driveContext, type Purpose } from './load/drive-context.ts';
import { driveLoad } from './load/drive-load.ts';
import { DEFAULT_SEED, type Recording, type RunAbout } from './recording.ts';
import type { Lease } from './site-holder.ts';
import { startVisitor } from './visitor.ts';

/** A run that was asked for, with everything it names looked up. */
export interface RunPlan {
  readonly about: RunAbout;
  readonly purpose: Purpose;
  readonly unbudgeted: boolean;
}

/** Looks up what a request names. Throws, exit status 2, when there is no such stage, profile or setting. */
export function planRun(request: RunRequest): RunPlan {
  const stage = stageByNumber(request.stage);
  const { set, scale, quick, burners, unbudgeted } = request;
  const profile = profileFor(request, stage.profile);
  const purpose = purposeOf(request);
  return {
    about: {
      topology: applySettings(stage.topology, set, declarations),
      set,
      profile,
      ...(typeof request.profile === 'object' && request.profile !== null ? { ownProfile: request.profile } : {}),
      seed: request.seed ?? DEFAULT_SEED,
      scale,
      quick,
      burners,
      command: commandLine(request),
      plannedSeconds: plannedSeconds(purpose, profile, quick),
      lostWhenInterrupted: 'the run was stopped before anything was measured',
    },
    purpose,
    unbudgeted,
  };
}

/**
 * One run: the site, load on it, and a verdict with its report. An abort of the lease's signal keeps what was measured, refused
 * as INTERRUPTED. How it ends is told by the recording; rejects when something of the site is left.
 */
export async function run(config: LabConfig, plan: RunPlan, recording: Recording, lease: Lease): Promise<void> {
  const { signal } = lease;
  try {
    const session = await recording.site(lease);
    const visitor = startVisitor({
      placement: () => session.site.placement,
      onTrace: (exported) => recording.writer.appendTrace(exported),
      onLookup: (seconds) => session.metrics.lookup(seconds),
    });
    try {
      const driven = await driveLoad(driveContext({ config, session, recording, purpose: plan.purpose, signal }));
      await conclude({ config, recording, session, driven, search: plan.purpose.kind === 'search' });
    } finally {
      await visitor.stop();
    }
    recording.checkKept();
  } catch (error) {
    await recording.failed(error, signal.aborted);
  } finally {
    await recording.end(lease);
  }
}

/** Without a name, the profile that reveals the stage's limit; an SLO of its own replaces the profile's. */
function profileFor({ profile, slo }: RunRequest, revealing: string): Profile {
  const asked = profileFrom(profile ?? revealing);
  return slo === null ? asked : { ...asked, slo };
}

/** About how long it takes, s. */
export function plannedSeconds(purpose: Purpose, profile: Profile, quick: boolean): number {
  switch (purpose.kind) {
    case 'run':
      return runTakesS(profile, quick);
    case 'search':
      return searchTakesS(purpose.trials);
    case 'around':
      return SHORT_RUN_TAKES_S;
  }
}

function purposeOf(request: RunRequest): Purpose {
  if (request.search) return { kind: 'search', trials: request.trials ?? TRIALS.shares.length };
  return request.around === null ? { kind: 'run' } : { kind: 'around', load: request.around };
}

function commandLine(request: RunRequest): string {
  return [
    request.search ? './lab capacity' : './lab run',
    String(request.stage),
    ...profileWords(request.profile),
    ...request.set.flatMap((setting) => ['--set', setting]),
    ...(request.search && request.trials !== null ? ['--trials', String(request.trials)] : []),
    ...(request.quick ? ['--quick'] : []),
    ...(request.seed === null ? [] : ['--seed', String(request.seed)]),
    ...(request.scale === 1 ? [] : ['--scale', String(request.scale)]),
    ...(request.unbudgeted ? ['--unbudgeted'] : []),
    ...(request.burners ? [] : ['--no-burners']),
  ].join(' ');
}

/** A profile of one's own has the name of its file; where that stood is not known here. */
export function profileWords(profile: RunRequest['profile']): readonly string[] {
  if (profile === null) return [];
  return ['--profile', typeof profile === 'string' ? profile : `./${profile.name}.ts`];
}
