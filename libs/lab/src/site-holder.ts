import type { Topology } from '@loadstair/topology';
import { hashOf } from '@loadstair/topology';
import { instanceWords } from '@loadstair/lab-api/folders';
import { oneAfterTheOther } from './bounded.ts';
import { beingStopped, IDLE, next, refusal, type HeldSite, type InstanceState, type Transition, type Wish } from './instance-state.ts';
import { LabProblem } from './problem.ts';
import type { SiteRequest, SiteSession } from './site-session.ts';

/** A session with what it was started from. */
export interface HeldSession {
  readonly topology: Topology;
  readonly session: SiteSession;
}

/** The right of one measurement to use the site of its instance, until it gives the site back. */
export interface Lease {
  /** Aborted when the measurement must end. */
  readonly signal: AbortSignal;
  /** The site was up before, and stays up afterwards. */
  readonly borrowed: boolean;
  /** The session, started when none is up. */
  site(): Promise<SiteSession>;
  /** Ends the measurement, and its site unless that was up before. Rejects with E_NOT_CLEAN when something is left. */
  end(): Promise<void>;
}

/** Starts a site; ends all it has started when it fails or the signal aborts. */
export type StartSession = (request: SiteRequest, signal: AbortSignal) => Promise<SiteSession>;

/**
 * The one site of an instance: who may start it, use it and end it. A wish reserves the instance in the same tick in which it
 * was checked; starts, ends and changes of the site then happen one after the other.
 */
export interface SiteHolder {
  state(): InstanceState;
  /** The session that serves, or null. */
  held(): HeldSession | null;
  /** Throws LabProblem 409 when the wish cannot be granted now. */
  check(wish: Wish): void;
  /** Starts a site and leaves it up, its budgets on: whoever loads it meets what a run measures. A site that is up and the same stays. */
  up(request: SiteRequest): Promise<void>;
  /**
   * Reserves the instance, and the site of it, for a measurement that `check` allowed in the same tick.
   *
   * @param run what it is called as long as it goes on
   * @param until aborts it from outside, as `interrupt`, `down` and the end of the lab do
   */
  lease(request: SiteRequest, run: string, until?: AbortSignal): Lease;
  /** Something done to the site, in its turn. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Interrupts what goes on and ends the site. Rejects with E_NOT_CLEAN when something is left; then it may be called again. */
  down(): Promise<void>;
  /** Interrupts the measurement or the start that goes on. */
  interrupt(): void;
}

export function createSiteHolder(instance: number, startSession: StartSession, stopping: AbortSignal): SiteHolder {
  let state: InstanceState = IDLE;
  let held: HeldSession | null = null;
  let going: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  let ending: Promise<void> | null = null;

  const go = (transition: Transition): void => {
    state = next(state, transition);
  };
  const inTurn = oneAfterTheOther();
  const check = (wish: Wish): void => {
    if (ending !== null || stopping.aborted) throw beingStopped(instance);
    const problem = refusal(state, wish, instance);
    if (problem !== null) throw problem;
  };
  const start = (request: SiteRequest, signal: AbortSignal): Promise<SiteSession> =>
    inTurn(async () => {
      signal.throwIfAborted();
      const session = await startSession(request, signal);
      held = { topology: request.topology, session };
      go({ kind: 'started' });
      return session;
    });
  /** From any state that holds a site, or wanted one, to idle. */
  let siteEnds: Promise<void> | null = null;
  const endSite = (): Promise<void> => {
    // Who comes while it ends waits for the same end.
    siteEnds ??= endOnce().finally(() => (siteEnds = null));
    return siteEnds;
  };
  const endOnce = async (): Promise<void> => {
    go({ kind: 'stop' });
    try {
      await inTurn(async () => {
        await held?.session.stop();
        held = null;
      });
    } catch (error) {
      const why = reasonsOf(error);
      go({ kind: 'stop-failed', why });
      throw notEnded(instance, why);
    }
    go({ kind: 'stopped' });
  };
  const endAll = async (): Promise<void> => {
    going?.abort.abort();
    await going?.done;
    if (state.kind !== 'idle') await endSite();
  };

  const release = async (): Promise<void> => {
    going = null;
    if (state.kind !== 'measuring' || !state.borrowed) return await endSite();
    go({ kind: 'give-back' });
    await held?.session.site.rest();
    // A measurement that ended in its warm-up left them lifted.
    await held?.session.site.applyBudgets();
  };

  return {
    state: () =>
      ending !== null && state.kind !== 'idle' ? { ...state, kind: 'stopping', run: 'run' in state ? state.run : null } : state,
    held: () => (state.kind === 'up' || state.kind === 'measuring' ? held : null),
    check,
    inTurn,
    async up(request) {
      check({ kind: 'up', hash: hashOf(request.topology) });
      if (state.kind !== 'idle') return;
      go({ kind: 'start', site: nameOf(request.topology), run: null });
      const abort = new AbortController();
      const started = start(request, AbortSignal.any([abort.signal, stopping]))
        .then(({ site }) => site.applyBudgets())
        .catch(async (error: unknown) => {
          await endSite();
          throw error;
        });
      const done = started.catch(() => {});
      going = { abort, done };
      await started.finally(() => (going = null));
    },
    lease(request, run, until) {
      const borrowed = state.kind === 'up';
      if (borrowed) go({ kind: 'borrow', run });
      else go({ kind: 'start', site: nameOf(request.topology), run });
      const abort = new AbortController();
      const signal = AbortSignal.any([abort.signal, stopping, ...(until === undefined ? [] : [until])]);
      const over = Promise.withResolvers<void>();
      going = { abort, done: over.promise };
      return {
        signal,
        borrowed,
        async site() {
          if (state.kind === 'measuring' && held !== null) return held.session;
          return await start(request, signal);
        },
        end: () => release().finally(over.resolve),
      };
    },
    interrupt: () => going?.abort.abort(),
    down() {
      ending ??= endAll().finally(() => (ending = null));
      return ending;
    },
  };
}

function nameOf(topology: Topology): HeldSite {
  return { stage: topology.stage, slug: topology.slug, hash: hashOf(topology) };
}

function notEnded(instance: number, why: string): LabProblem {
  return new LabProblem(500, {
    what: `Instance ${instance} was not stopped completely.`,
    why,
    do: `./lab down${instanceWords(instance)} tries again`,
    code: 'E_NOT_CLEAN',
    exit: 1,
  });
}

function reasonsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonsOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
