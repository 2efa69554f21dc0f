import type { Asked } from '@loadstair/recorded';
import { exitOf, trustLine } from '@loadstair/terminal-view/verdict-view';
import type { Context } from '../commands/context.ts';
import { showEnded } from '../view/ended-run.ts';
import { playRecorded, recordedHere } from './play-recorded.ts';

/**
 * Plays the recorded run of a stage, and shows its verdict as the code of today gives it.
 *
 * @returns exit status, that of a run that is measured
 * @throws NotRecorded, NoRecordedRuns
 */
export async function runRecorded(
  asked: Extract<Asked, { kind: 'run' }> & { readonly profile: string },
  { speed, json, events }: { readonly speed: number; readonly json: boolean; readonly events: boolean },
  { io }: Context,
): Promise<number> {
  const recorded = await recordedHere(asked.stage);
  const run = recorded.find(asked);
  const played = await playRecorded(
    run,
    recorded,
    {
      speed,
      onEvent: (event) => {
        if (events) io.out.write(`${JSON.stringify(event)}\n`);
      },
    },
    io,
  );
  if (played.kind === 'interrupted') return played.status;
  const { last } = played;
  if (last.type !== 'verdict') throw new Error(`Recorded run ${run.id} ended like an experiment.`);
  io.err.write(`${trustLine(last, io.err)}\n\n`);
  const { verdict, lines, report } = last;
  const { stage, profile } = asked;
  showEnded({ run: run.id, stage, profile, verdict, lines, report, confirmed: null, page: null }, json || events, recorded.store, io);
  io.err.write(`next     ./lab console --recorded   shows this run and all others in a browser\n`);
  return exitOf(verdict);
}
