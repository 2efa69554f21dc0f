import { Problem } from '@loadstair/kit';
import { instanceWords, LAB_FOLDER } from '@loadstair/lab-api/folders';
import { stages } from '@loadstair/stages';
import { everythingLeft, NOT_MET, playRound, readRecords, writeRecords } from '@loadstair/verify';
import { killLine, killSummary } from '@loadstair/terminal-view/kills-view';
import { writeJson } from '../commands/answer.ts';
import type { Context } from '../commands/context.ts';
import { onInterrupt } from '../interruption.ts';
import { needTools } from '../tools.ts';

/** Kills parts of the lab at random moments and looks for what the next command leaves. Gives the exit status. */
export async function verifyKills(
  rounds: number,
  { seed, instance, yes, json }: { readonly seed: number; readonly instance: number; readonly yes: boolean; readonly json: boolean },
  { io, environment }: Context,
): Promise<number> {
  // What is told as it goes is no answer yet.
  const told = json ? io.err : io.out;
  let records = readRecords(LAB_FOLDER, seed);
  await needCleanInstance(instance, environment['PATH'] ?? '');
  told.write(`seed ${seed}${records.length === 0 ? '' : `, rounds done before: ${records.length}`}\n`);
  const interruption = onInterrupt(io, 'Stopping this round in good order. It does not count.');
  const stopping = new AbortController();
  try {
    // A round whose command installs, or asks, is not what was drawn.
    const tools = { yes, path: environment['PATH'] ?? '', interruption };
    for (const { topology } of stages) if (!(await needTools(topology, io, tools))) return interruption.status() ?? 1;
    interruption.stopWith(async () => stopping.abort());
    while (records.length < rounds && !stopping.signal.aborted) {
      const record = await playRound(seed, records.length, { instance, environment, signal: stopping.signal });
      if (record === null) break;
      records = [...records, record];
      writeRecords(LAB_FOLDER, seed, records);
      for (const line of killLine(record, { round: records.length, rounds }, told)) told.write(`${line}\n`);
      // A round that could not be cleared would make the next ones dirty.
      if (record.left.length > 0) await needCleanInstance(instance, environment['PATH'] ?? '');
    }
  } finally {
    interruption.end();
  }
  for (const line of killSummary(records, seed, told)) told.write(`${line}\n`);
  if (json) writeJson(io, { seed, rounds: records });
  return interruption.status() ?? (records.every(({ left }) => left.length === 0) ? 0 : NOT_MET);
}

/** @throws Problem when something of the instance is there: it may be somebody's work */
async function needCleanInstance(instance: number, path: string): Promise<void> {
  const left = await everythingLeft(instance, path);
  if (left.length === 0) return;
  throw new Problem({
    what: `Instance ${instance} is in use.`,
    why: `the kills would end what runs in it: ${left.slice(0, 3).join(', ')}${left.length > 3 ? `, and ${left.length - 3} more` : ''}`,
    do: `choose another --instance, or end it: ./lab down${instanceWords(instance)}`,
    code: 'E_INSTANCE_IN_USE',
    exit: 1,
  });
}
