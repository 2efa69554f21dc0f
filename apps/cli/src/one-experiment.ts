import type { Experiment } from '@loadstair/experiments';
import { Problem } from '@loadstair/kit';
import type { RunEvent } from '@loadstair/runs';
import type { RunRequest } from '@loadstair/runs/run-request';
import { topologyOf } from '@loadstair/stages';
import { follow } from '@loadstair/lab-client/follow-run';
import type { Context } from './commands/context.ts';
import { runView } from './followed-run.ts';
import { pageLine } from './view/page-line.ts';
import { withLabd } from './with-labd.ts';

/** An experiment that came to its end, or the exit status of whoever interrupted it. */
export type OneExperiment =
  | { readonly kind: 'ended'; readonly ended: Extract<RunEvent, { type: 'outcome' }>; readonly interrupted: number | null }
  | { readonly kind: 'interrupted'; readonly status: number };

/**
 * One whole experiment: programs, labd, the phases followed in the terminal, and labd ended again if this command started it.
 *
 * @throws Problem when it fails
 */
export async function oneExperiment(
  experiment: Experiment,
  options: {
    readonly instance: number;
    readonly yes: boolean;
    readonly quick: boolean;
    readonly seed: number | null;
    readonly stays?: boolean;
    /** In place of the experiment's own. */
    readonly profile?: RunRequest['profile'];
  },
  context: Context,
): Promise<OneExperiment> {
  const { io } = context;
  const says = 'Stopping the hosts. Nothing is kept.';
  return withLabd(topologyOf(experiment), { ...options, says }, context, async ({ client, interruption }): Promise<OneExperiment> => {
    const view = runView(io);
    try {
      const ended = await follow(
        client,
        () =>
          client.call('POST /api/experiments', {
            body: { name: experiment.name, profile: options.profile ?? null, quick: options.quick, seed: options.seed },
          }),
        (event) => view.event(event),
        (run) => {
          interruption.stopWith(() => client.call('POST /api/runs/{run}/stop', { path: { run } }));
          io.err.write(`${pageLine(client, run)}\n`);
        },
      );
      const interrupted = interruption.status();
      if (ended.type === 'outcome') return { kind: 'ended', ended, interrupted };
      if (interrupted !== null) return { kind: 'interrupted', status: interrupted };
      if (ended.type !== 'failed') throw new Error(`An experiment ended with ${ended.type}.`);
      throw new Problem(ended.problem);
    } finally {
      view.end();
    }
  });
}
