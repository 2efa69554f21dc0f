import { instanceWords } from '@loadstair/lab-api/folders';
import { freeOrOther, LabProblem } from './problem.ts';

/** Which site an instance holds. */
export interface HeldSite {
  readonly stage: number;
  readonly slug: string;
  /** Of its topology: two sites are the same when their hashes are. */
  readonly hash: string;
}

/** What an instance does now. An instance holds at most one site, and at most one measurement uses that site. */
export type InstanceState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly site: HeldSite; readonly run: string | null }
  | { readonly kind: 'up'; readonly site: HeldSite }
  | { readonly kind: 'measuring'; readonly site: HeldSite; readonly run: string; readonly borrowed: boolean }
  | { readonly kind: 'stopping'; readonly site: HeldSite; readonly run: string | null }
  | { readonly kind: 'not-clean'; readonly site: HeldSite; readonly why: string };

export type Transition =
  | { readonly kind: 'start'; readonly site: HeldSite; readonly run: string | null }
  | { readonly kind: 'started' }
  /** A measurement uses the site that is up, and leaves it up. */
  | { readonly kind: 'borrow'; readonly run: string }
  | { readonly kind: 'give-back' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'stop-failed'; readonly why: string };

/** What somebody wants of an instance. */
export type Wish = { readonly kind: 'up' | 'measure'; readonly hash: string } | { readonly kind: 'lend' };

export const IDLE: InstanceState = { kind: 'idle' };

/** The state after a transition. Throws when the transition is impossible: that is an error of the program. */
export function next(state: InstanceState, transition: Transition): InstanceState {
  switch (transition.kind) {
    case 'start':
      if (state.kind === 'idle') return { kind: 'starting', site: transition.site, run: transition.run };
      break;
    case 'started':
      if (state.kind !== 'starting') break;
      return state.run === null
        ? { kind: 'up', site: state.site }
        : { kind: 'measuring', site: state.site, run: state.run, borrowed: false };
    case 'borrow':
      if (state.kind === 'up') return { kind: 'measuring', site: state.site, run: transition.run, borrowed: true };
      break;
    case 'give-back':
      if (state.kind === 'measuring' && state.borrowed) return { kind: 'up', site: state.site };
      break;
    case 'stop':
      if (state.kind === 'idle' || state.kind === 'stopping') break;
      return { kind: 'stopping', site: state.site, run: runOf(state) };
    case 'stopped':
      if (state.kind === 'stopping') return IDLE;
      break;
    case 'stop-failed':
      if (state.kind === 'stopping') return { kind: 'not-clean', site: state.site, why: transition.why };
      break;
  }
  throw new Error(`An instance in state ${state.kind} cannot ${transition.kind}.`);
}

/** The measurement that goes on, or null. */
export function runOf(state: InstanceState): string | null {
  return 'run' in state ? state.run : null;
}

/** The site that serves, or null. */
export function servingSite(state: InstanceState): HeldSite | null {
  return state.kind === 'up' || state.kind === 'measuring' ? state.site : null;
}

/** Why a wish cannot be granted now, or null when it can. A site that is up already is no reason against `up` or a measurement of it. */
export function refusal(state: InstanceState, wish: Wish, instance: number): LabProblem | null {
  switch (state.kind) {
    case 'idle':
      return null;
    case 'starting':
    case 'stopping':
      return busy(state, instance);
    case 'not-clean':
      return notClean(state, instance);
    case 'measuring':
      return wish.kind === 'up' && wish.hash === state.site.hash && state.borrowed ? null : measuring(state.run, instance);
    case 'up':
      return wish.kind !== 'lend' && wish.hash === state.site.hash ? null : taken(state.site, instance);
  }
}

export function beingStopped(instance: number): LabProblem {
  return new LabProblem(409, {
    what: `Instance ${instance} is being stopped.`,
    why: './lab down, or Ctrl-C in the command that started the site, requested the stop',
    do: 'wait a few seconds and try again',
    code: 'E_BUSY',
    exit: 1,
  });
}

function busy(state: Extract<InstanceState, { kind: 'starting' | 'stopping' }>, instance: number): LabProblem {
  const { stage, slug } = state.site;
  return new LabProblem(409, {
    what: `Instance ${instance} is ${state.kind} stage ${stage} ${slug}.`,
    why: `${state.run === null ? 'another command' : `run ${state.run}`} requested it, and an instance does one thing at a time`,
    do: `wait until ./lab status shows a different state, or use --instance ${instance + 1}`,
    code: 'E_BUSY',
    exit: 1,
  });
}

function notClean(state: Extract<InstanceState, { kind: 'not-clean' }>, instance: number): LabProblem {
  return new LabProblem(409, {
    what: `Instance ${instance} is not clean: stage ${state.site.stage} ${state.site.slug} was not stopped completely.`,
    why: state.why,
    do: `./lab down${instanceWords(instance)}`,
    code: 'E_NOT_CLEAN',
    exit: 1,
  });
}

function measuring(run: string, instance: number): LabProblem {
  return new LabProblem(409, {
    what: `A run is in progress in instance ${instance}.`,
    why: `run ${run} has not ended`,
    do: `wait for its end, or stop it with ./lab down; two measurements at once disturb each other`,
    code: 'E_RUNNING',
    exit: 1,
  });
}

function taken(site: HeldSite, instance: number): LabProblem {
  return new LabProblem(409, {
    what: `Instance ${instance} already runs stage ${site.stage} ${site.slug}.`,
    why: 'an instance holds one site, and it differs from the requested one',
    do: freeOrOther(instance),
    code: 'E_INSTANCE_TAKEN',
    exit: 1,
  });
}
