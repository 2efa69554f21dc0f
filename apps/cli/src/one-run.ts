import { declarations } from '@loadstair/components/declarations';
import type { RunBody } from '@loadstair/runs/run-request';
import { applySettings } from '@loadstair/topology';
import { stageByNumber } from '@loadstair/stages';
import type { Context } from './commands/context.ts';
import { followedRun, type FollowedRun, type FollowOptions } from './followed-run.ts';
import { pageOf } from './view/page-line.ts';
import { withLabd } from './with-labd.ts';

/** A run that came to its end, or the exit status of whoever interrupted it. */
export type OneRun =
  | (Extract<FollowedRun, { kind: 'ended' }> & {
      /** Address of its page; null when its labd has ended with it. */
      readonly page: string | null;
    })
  | Extract<FollowedRun, { kind: 'interrupted' }>;

/**
 * One whole run: programs, labd, the run followed in the terminal, and labd ended again if this command started it.
 *
 * @throws Problem when the run fails
 */
export async function oneRun(
  request: RunBody,
  options: FollowOptions & {
    readonly instance: number;
    readonly yes: boolean;
    /** Whether labd stays for a while afterwards, where a person may want to read its pages. */
    readonly stays?: boolean;
  },
  context: Context,
): Promise<OneRun> {
  const topology = applySettings(stageByNumber(request.stage).topology, request.set ?? [], declarations);
  const says = 'Stopping the hosts. The measured steps are kept; the run counts as refused (INTERRUPTED).';
  const { unbudgeted = false } = request;
  return withLabd(topology, { ...options, says, unbudgeted }, context, async (labd): Promise<OneRun> => {
    const followed = await followedRun(request, labd, context.io, options);
    if (followed.kind === 'interrupted') return followed;
    return { ...followed, page: labd.staysOpen ? pageOf(labd.client, followed.outcome.run) : null };
  });
}
