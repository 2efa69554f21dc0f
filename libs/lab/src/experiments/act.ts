import { setTimeout as delay } from 'node:timers/promises';
import type { Experiment, ObservedAction } from '@loadstair/experiments';
import type { PromisedWrite } from '@loadstair/load';
import { offer, PROMISES, withOffers, type Action } from '@loadstair/operations';
import { NOT_YET_HEARD_MS } from '../load/recent.ts';
import type { SiteSession } from '../site-session.ts';

/** What the load generator was told so far. */
export interface Heard {
  promised(): readonly PromisedWrite[];
}

/** What was done, and the sentence people read of it. */
export interface Acted {
  readonly observed: ObservedAction;
  readonly text: string;
}

/** Throws, before there is load, what an action of the experiment would be refused with on this site. */
export function checkActions(session: SiteSession, experiment: Experiment): void {
  const nothing = offer(PROMISES, { promised: () => Promise.resolve([]) });
  const all = [...(experiment.first ?? []), ...experiment.phases.flatMap(({ actions = [] }) => actions)];
  for (const action of all) action.check(withOffers(session.site, [nothing]));
}

/** Does one action of an experiment, and says when it began and ended and what came of it. */
export async function act(session: SiteSession, action: Action, phase: string, heard: Heard, signal: AbortSignal): Promise<Acted> {
  const promises = offer(PROMISES, {
    async promised() {
      // What was promised just now is heard of a moment later.
      await delay(NOT_YET_HEARD_MS, undefined, { signal });
      return [...heard.promised()];
    },
  });
  const beganMs = Date.now();
  const { result, text } = await session.asPlanned(() => action.run(withOffers(session.site, [promises]), signal));
  session.retarget();
  return { observed: { action: { do: action.name, ...action.input }, phase, beganMs, endedMs: Date.now(), result, text }, text };
}
