import type { Experiment } from '@loadstair/experiments';
import type { Context } from '../commands/context.ts';
import type { OneExperiment } from '../one-experiment.ts';
import { playRecorded, recordedHere } from './play-recorded.ts';

/** Plays the recorded run of an experiment. Throws NotRecorded, NoRecordedRuns. */
export async function experimentRecorded(
  { name, stage }: Experiment,
  { quick, speed }: { readonly quick: boolean; readonly speed: number },
  { io }: Context,
): Promise<OneExperiment> {
  const recorded = await recordedHere(stage);
  const played = await playRecorded(recorded.find({ kind: 'experiment', name, quick }), recorded, { speed }, io);
  if (played.kind === 'interrupted') return played;
  const { last } = played;
  if (last.type !== 'outcome') throw new Error(`The recorded run of ${name} ended like a run.`);
  return { kind: 'ended', ended: last, interrupted: null };
}
