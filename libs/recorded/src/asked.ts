import { declarations } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import type { Runnable } from '@loadstair/labs';
import type { ListedRun } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { applySettings, hashOf, SettingError, type Topology } from '@loadstair/topology';

/** What a person asks to be run. */
export type Asked =
  | {
      readonly kind: 'run';
      readonly stage: number;
      /** As for `--set`. */
      readonly set: readonly string[];
      readonly quick: boolean;
      /** Name of a load profile; null is the one that reveals the limit of the stage. */
      readonly profile?: string | null;
    }
  | { readonly kind: 'experiment'; readonly name: string; readonly quick: boolean };

/** What a step of a lab asks to be run. */
export function askedBy(action: Runnable, quick: boolean): Asked {
  return action.kind === 'run'
    ? { kind: 'run', stage: action.stage, set: action.set, quick }
    : { kind: 'experiment', name: action.experiment.name, quick };
}

/** Nobody recorded what is asked for. Exit status 6. */
export class NotRecorded extends Problem {
  constructor(asked: Asked) {
    const changed = asked.kind === 'run' && asked.set.length > 0;
    super({
      what: changed ? 'This change was not recorded, and nothing can be run here.' : `${commandOf(asked)} was not recorded.`,
      why: 'recorded runs are played; nothing is measured on this machine',
      do: `skip the step, or measure it on Linux: ${commandOf(asked)}`,
      code: 'E_NOT_RECORDED',
      exit: 6,
    });
  }
}

/** The command that measures it. */
export function commandOf(asked: Asked): string {
  const quick = asked.quick ? ' --quick' : '';
  if (asked.kind === 'experiment') return `./lab experiment ${asked.name}${quick}`;
  const profile = asked.profile == null ? '' : ` --profile ${asked.profile}`;
  return `./lab run ${asked.stage}${profile}${asked.set.map((setting) => ` --set ${setting}`).join('')}${quick}`;
}

type EndedRun = Extract<ListedRun, { kind: 'run' }>;

/**
 * The newest of the runs that is what was asked for; in the long form or the quick one as asked, else in the other.
 *
 * @param runs newest first
 * @throws SettingError, UnknownStage
 */
export function findAsked(runs: readonly EndedRun[], asked: Asked): EndedRun | null {
  const isAsked = asked.kind === 'experiment' ? experimentOf(asked) : runOf(asked);
  const found = runs.filter(isAsked);
  return found.find(({ manifest }) => manifest.quick === asked.quick) ?? found[0] ?? null;
}

function experimentOf({ name }: Extract<Asked, { kind: 'experiment' }>): (run: EndedRun) => boolean {
  return ({ manifest }) => manifest.experiment === name;
}

/** Whatever the order of the settings, and whatever of the stage has changed since. */
function runOf({ stage: number, set, profile }: Extract<Asked, { kind: 'run' }>): (run: EndedRun) => boolean {
  const stage = stageByNumber(number);
  const hash = hashWith(stage.topology, set);
  return ({ manifest, searched }) =>
    !searched &&
    manifest.experiment === undefined &&
    manifest.stage === number &&
    manifest.profile === (profile ?? stage.profile) &&
    manifest.ownProfile === undefined &&
    manifest.scale === 1 &&
    hashIfSettable(stage.topology, manifest.set) === hash;
}

/** Tells sites apart. Throws SettingError. */
export function hashWith(topology: Topology, set: readonly string[]): string {
  return hashOf(applySettings(topology, set, declarations));
}

/** The same; null where the stage no longer has such settings. */
export function hashIfSettable(topology: Topology, set: readonly string[]): string | null {
  try {
    return hashWith(topology, set);
  } catch (error) {
    if (error instanceof SettingError) return null;
    throw error;
  }
}
