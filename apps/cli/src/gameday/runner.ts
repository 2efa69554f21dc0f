import { Problem } from '@loadstair/kit';
import { verdictLines } from '@loadstair/analysis';
import { labdEnded } from '@loadstair/lab-client/follow-run';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import { openSealed, type RunEvent, type RunStore } from '@loadstair/runs';
import { brokenSite, profileOf, type Game } from '@loadstair/stages';
import { placesToLook } from '@loadstair/terminal-view/gameday-view';
import type { Io } from '@loadstair/terminal-view/io';
import { followedRun, runView, stopsRun } from '../followed-run.ts';
import type { Interruption } from '../interruption.ts';
import { pageOf } from '../view/page-line.ts';
import type { BrokenEnd, GamedayRunner } from './session.ts';

/** On real hosts, followed in the terminal. */
export function realGameday(parts: {
  readonly game: Game;
  readonly quick: boolean;
  readonly client: LabdClient;
  readonly interruption: Interruption;
  readonly labFolder: string;
  readonly store: RunStore;
  readonly io: Io;
}): GamedayRunner {
  const { game, quick, client, interruption, labFolder, store, io } = parts;
  return {
    async broken() {
      const { run } = await client.call('POST /api/gameday', { body: { code: game.code, stage: game.stage, level: game.level, quick } });
      stopsRun(client, interruption, run);
      io.err.write(`${placesToLook(pageOf(client, run)).join('\n')}\n`);
      const view = runView(io);
      try {
        const events = client.events('GET /api/runs/{run}/events', { path: { run }, query: { owner: '1' } });
        return endOf(run, await watched(events, (event) => view.event(event)), interruption.status());
      } finally {
        view.end();
      }
    },
    unseal: (run) => openSealed(labFolder, run, brokenSite(game)),
    async mended(set) {
      const body = { stage: game.stage, set: [...set], profile: profileOf(game), seed: game.seed, quick };
      const followed = await followedRun(body, { client, interruption }, io);
      if (followed.kind === 'interrupted') return followed;
      // Steps that an interruption cut off mend nothing.
      if (followed.interrupted !== null) return { kind: 'interrupted', status: followed.interrupted };
      return { kind: 'ended', run: followed.outcome.run };
    },
    open(id) {
      const run = store.open(id);
      return { run, lines: verdictLines(run.verdict, run.runData, run.confirmation) };
    },
  };
}

/** What is told of a sealed run: when its load began, and how it ended. */
interface Watched {
  readonly beganMs: number | null;
  readonly failed: Extract<RunEvent, { type: 'failed' }> | null;
  readonly whole: boolean;
}

async function watched(events: AsyncIterable<RunEvent>, onEvent: (event: RunEvent) => void): Promise<Watched> {
  let seen: Watched = { beganMs: null, failed: null, whole: false };
  for await (const event of events) {
    onEvent(event);
    if (event.type === 'step-started' && event.kind === 'load') seen = { ...seen, beganMs: seen.beganMs ?? event.atMs };
    if (event.type === 'failed') seen = { ...seen, failed: event };
    if (event.type === 'phase' && event.phase === 'verdict' && event.state === 'done') seen = { ...seen, whole: true };
  }
  return seen;
}

function endOf(run: string, { beganMs, failed, whole }: Watched, interrupted: number | null): BrokenEnd {
  if (interrupted !== null) return { kind: 'interrupted', status: interrupted };
  if (failed !== null) throw new Problem(failed.problem);
  if (whole) return { kind: 'ended', run, beganAt: new Date(beganMs ?? Date.now()).toISOString() };
  throw labdEnded(run, 'begin the gameday again: the next start cleans up what is left');
}
