import { percent, rate, rateWithInterval, resourceWord } from '@loadstair/analysis';
import { closestRows, type ClosestRow } from './closest-rows.ts';
import type { LiveState } from './live-state.ts';

/** Where a run stands, in a line. */
export function stepWords({ step, now, phase }: LiveState): string {
  if (step === null || step.kind === 'idle' || now === null) return phase === null ? 'beginning' : `${phase.phase} · ${phase.text}`;
  if (phase?.phase === 'verdict') return phase.text;
  const name = step.kind === 'back' ? 'step back' : step.kind === 'trial' ? `trial ${step.step}` : `step ${step.step} of ${step.of}`;
  const left = Math.max(0, Math.round(step.holdS - now.elapsedS));
  return [name, `${rate(step.offered)}/s offered`, `${left} s left in step`, `verdict in ~${minutes(now.verdictInS)}`].join(' · ');
}

/** What comes nearest to its limit; "limits" is a word for the verdict. */
export function closestWords(run: LiveState): string {
  const rows = closestRows(run);
  const [closest] = rows;
  if (closest === undefined) return 'First numbers when load begins.';
  const over = run.steps.find(({ event }) => event.kind === 'load' && !event.holds);
  if (over !== undefined) {
    const leading = rows.filter(({ kind }) => kind !== 'memory').toSorted((a, b) => b.now - a.now)[0] ?? closest;
    return `Over the SLO since step ${over.event.step}. Leading: ${useWords(leading)}. Final after the step back.`;
  }
  const { runsOut } = closest;
  const projection = runsOut === null ? '' : `, would run out at ≈ ${rateWithInterval(runsOut.load, runsOut.interval)}`;
  return `So far nothing has run out. Closest: ${useWords(closest)}${projection}.`;
}

/** `db-1 CPU, 65 % busy` */
function useWords({ host, kind, now }: ClosestRow): string {
  return `${host} ${resourceWord(kind)}, ${percent(now)} busy`;
}

/** `1:35` */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
