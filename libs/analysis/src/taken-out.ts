import { percent } from '@loadstair/resources';
import { shareOut } from './in-service.ts';
import type { StepData } from './run-data.ts';
import type { TakenOut } from './verdict.ts';

/** Servers that balancers took out of service in some steps, those first that were out for longest. */
export function takenOut(steps: readonly StepData[]): TakenOut[] {
  const found = new Map<string, TakenOut>();
  for (const step of steps) {
    for (const out of step.outOfService ?? []) {
      const { server, by, times, check } = out;
      const key = `${by} ${server}`;
      const before = found.get(key);
      const share = shareOut(out, step) / steps.length;
      found.set(key, {
        server,
        by,
        times: times + (before?.times ?? 0),
        share: share + (before?.share ?? 0),
        check: check === null || check === 'answered' ? (before?.check ?? check) : check,
      });
    }
  }
  return [...found.values()].toSorted((a, b) => b.share - a.share || b.times - a.times);
}

const REASONS: Readonly<Record<NonNullable<TakenOut['check']>, string>> = {
  // It answers again, and is still waiting to be taken back.
  answered: '',
  'no-answer': ', because its health check timed out',
  refused: ', because it refused the health check’s connection',
  failed: ', because its health check got an error',
};

/** `lb-1 took web-1 out of service 3 times (41 % of the time), because its health check timed out` */
export function takenOutText({ server, by, times, share, check }: TakenOut): string {
  const verb = times === 0 ? 'kept' : 'took';
  const count = times === 0 ? '' : times === 1 ? ' once' : ` ${times} times`;
  return `${by} ${verb} ${server} out of service${count} (${percent(Math.min(1, share))} of the time)${check === null ? '' : REASONS[check]}`;
}
