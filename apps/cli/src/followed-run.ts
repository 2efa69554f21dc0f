import { Problem } from '@loadstair/kit';
import { follow, type RunOutcome } from '@loadstair/lab-client/follow-run';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import type { RunEvent } from '@loadstair/runs';
import type { RunBody } from '@loadstair/runs/run-request';
import type { Io } from '@loadstair/terminal-view/io';
import { onKey } from '@loadstair/terminal-view/keys';
import { plainView, terminalView, type RunView } from '@loadstair/terminal-view/run-view';
import type { Interruption } from './interruption.ts';
import { openInBrowser } from './open-page.ts';
import { pageLine, pageOf } from './view/page-line.ts';

/** A run that came to its end, or the exit status of whoever interrupted it (its steps are kept as far as measured). */
export type FollowedRun =
  | { readonly kind: 'ended'; readonly outcome: Extract<RunOutcome, { type: 'verdict' }>; readonly interrupted: number | null }
  | { readonly kind: 'interrupted'; readonly status: number };

/** What a command does with a run that it follows. */
export interface FollowOptions {
  readonly onEvent?: (event: RunEvent) => void;
  /** The key o opens the page; not where something else reads what is typed. */
  readonly keys?: boolean;
}

/** What follows a run in the terminal. */
export function runView(io: Io): RunView {
  return io.err.terminal ? terminalView(io.err) : plainView(io.err);
}

/** An interruption ends the run in good order. */
export function stopsRun(client: LabdClient, interruption: Interruption, run: string): void {
  interruption.stopWith(() => client.call('POST /api/runs/{run}/stop', { path: { run } }));
}

/**
 * A run of a labd that is there, followed in the terminal to its end.
 *
 * @throws Problem when the run fails
 */
export async function followedRun(
  request: RunBody,
  { client, interruption }: { readonly client: LabdClient; readonly interruption: Interruption },
  io: Io,
  options: FollowOptions = {},
): Promise<FollowedRun> {
  const view = runView(io);
  const withKeys = options.keys === true && io.canAsk && io.err.terminal;
  let endKeys = (): void => {};
  try {
    const outcome = await follow(
      client,
      () => client.call('POST /api/runs', { body: request }),
      (event) => {
        view.event(event);
        options.onEvent?.(event);
      },
      (run) => {
        stopsRun(client, interruption, run);
        io.err.write(`${pageLine(client, run)}${withKeys ? '    o: open' : ''}\n`);
        if (withKeys) endKeys = onKey('o', () => void openPage(pageOf(client, run), view), process.stdin).end;
      },
    );
    const interrupted = interruption.status();
    if (outcome.type === 'outcome') throw new Error('A run ended like an experiment.');
    if (outcome.type === 'verdict') return { kind: 'ended', outcome, interrupted };
    if (interrupted !== null) return { kind: 'interrupted', status: interrupted };
    throw new Problem(outcome.problem);
  } finally {
    endKeys();
    view.end();
  }
}

/** Where no browser can be opened from here, the address is what helps. */
async function openPage(page: string, view: RunView): Promise<void> {
  if (!(await openInBrowser(page))) view.say(`no browser could be opened from here; the page is ${page}`);
}
