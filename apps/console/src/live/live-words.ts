import { percent, rate, rateWithInterval, reasonsText, resourceWord } from '@loadstair/analysis';
import { outcomeSentence } from '@loadstair/experiments/outcome';
import { stepName } from '@loadstair/report-view';
import { closestRows, type ClosestRow } from './closest-rows.ts';
import type { LiveState } from '@loadstair/runs/live-state';

/** Where a run stands, in a line. */
export function stepWords({ step, now, phase }: LiveState): string {
  if (step === null || step.kind === 'idle' || now === null) return phase === null ? 'beginning' : `${phase.phase} · ${phase.text}`;
  if (phase?.phase === 'verdict') return phase.text;
  const left = Math.max(0, Math.round(step.holdS - now.elapsedS));
  return [stepName(step), `${rate(step.offered)}/s offered`, `${left} s left in step`, `verdict in ~${minutes(now.verdictInS)}`].join(
    ' · ',
  );
}

/** Why requests fail now; once nothing fails any more, why they did in the last step that had failures; null where none has failed. */
export function failureWords({ now, steps }: LiveState): string | null {
  if (now?.failures !== undefined) return `Failing now: ${reasonsText(now.failures)}.`;
  const last = steps.findLast(({ event }) => event.failures !== undefined)?.event;
  return last?.failures === undefined ? null : `Failed in step ${last.step}: ${reasonsText(last.failures)}.`;
}

/** What comes nearest to its limit; "limits" is a word for the verdict. */
export function closestWords(run: LiveState): string {
  const rows = closestRows(run);
  const [closest] = rows;
  if (closest === undefined) return 'The first numbers come when load begins.';
  const over = run.steps.find(({ event }) => event.kind === 'load' && !event.holds);
  if (over !== undefined) {
    const leading = rows.filter(({ kind }) => kind !== 'memory').toSorted((a, b) => b.now - a.now)[0] ?? closest;
    return `Over the SLO since step ${over.event.step}. Leading: ${useWords(leading)}. The final verdict comes after the step back.`;
  }
  const { runsOut } = closest;
  const projection = runsOut === null ? '' : `, would run out at ≈ ${rateWithInterval(runsOut.load, runsOut.interval)}`;
  return `So far nothing has run out. Closest: ${useWords(closest)}${projection}.`;
}

/** `db-1 CPU, 65 % busy` */
function useWords({ host, kind, now }: ClosestRow): string {
  return `${host} ${resourceWord(kind)}, ${percent(now)} busy`;
}

/** What a screen reader is told: a step began, the SLO broke, something befell a host. Never the ticking numbers. */
export function spokenWords(run: LiveState): string {
  if (run.end !== null) return endWords(run.end);
  const last = run.steps.at(-1)?.event;
  return [
    run.step === null ? '' : `Step ${run.step.step} of ${run.step.of} began.`,
    last === undefined || last.holds ? '' : `Step ${last.step} was over the SLO.`,
    run.notes.at(-1)?.text ?? '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What a run came to, a sentence. */
export function endWords(end: NonNullable<LiveState['end']>): string {
  switch (end.type) {
    case 'verdict':
      return end.lines[0] ?? '';
    case 'outcome':
      return outcomeSentence(end.outcome);
    case 'failed':
      return end.problem.what;
  }
}

/** `1:35` */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
