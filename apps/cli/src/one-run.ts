import { declarations } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import type { RunBody } from '@loadstair/runs/run-request';
import type { RunEvent } from '@loadstair/runs';
import { applySettings } from '@loadstair/topology';
import { stageByNumber } from '@loadstair/stages';
import { follow, type RunOutcome } from '@loadstair/lab-client/follow-run';
import { onKey } from '@loadstair/terminal-view/keys';
import { plainView, terminalView, type RunView } from '@loadstair/terminal-view/run-view';
import type { Context } from './commands/context.ts';
import { openInBrowser } from './open-page.ts';
import { pageLine, pageOf } from './view/page-line.ts';
import { withLabd } from './with-labd.ts';

/** A run that came to its end, or the exit status of whoever interrupted it (its steps are kept as far as measured). */
export type OneRun =
  | {
      readonly kind: 'ended';
      readonly outcome: Extract<RunOutcome, { type: 'verdict' }>;
      /** Address of its page; null when its labd has ended with it. */
      readonly page: string | null;
      readonly interrupted: number | null;
    }
  | { readonly kind: 'interrupted'; readonly status: number };

/**
 * One whole run: programs, labd, the run followed in the terminal, and labd ended again if this command started it.
 *
 * @throws Problem when the run fails
 */
export async function oneRun(
  request: RunBody,
  options: {
    readonly instance: number;
    readonly yes: boolean;
    /** Whether labd stays for a while afterwards, where a person may want to read its pages. */
    readonly stays?: boolean;
    readonly onEvent?: (event: RunEvent) => void;
    /** The key o opens the page; not where something else reads what is typed. */
    readonly keys?: boolean;
  },
  context: Context,
): Promise<OneRun> {
  const { io } = context;
  const topology = applySettings(stageByNumber(request.stage).topology, request.set ?? [], declarations);
  const says = 'Stopping: hosts are ended; steps that were measured are kept as refused: INTERRUPTED.';
  return withLabd(topology, { ...options, says }, context, async ({ client, staysOpen, interruption }): Promise<OneRun> => {
    const view = io.err.terminal ? terminalView(io.err) : plainView(io.err);
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
          interruption.stopWith(() => client.call('POST /api/runs/{run}/stop', { path: { run } }));
          io.err.write(`${pageLine(client, run)}${withKeys ? '    o: open' : ''}\n`);
          if (withKeys) endKeys = onKey('o', () => void openPage(pageOf(client, run), view), process.stdin).end;
        },
      );
      const interrupted = interruption.status();
      if (outcome.type === 'outcome') throw new Error('A run ended like an experiment.');
      if (outcome.type === 'verdict') return { kind: 'ended', outcome, page: staysOpen ? pageOf(client, outcome.run) : null, interrupted };
      if (interrupted !== null) return { kind: 'interrupted', status: interrupted };
      throw new Problem(outcome.problem);
    } finally {
      endKeys();
      view.end();
    }
  });
}

/** Where no browser can be opened from here, the address is what helps. */
async function openPage(page: string, view: RunView): Promise<void> {
  if (!(await openInBrowser(page))) view.say(`no browser could be opened from here; the page is ${page}`);
}
