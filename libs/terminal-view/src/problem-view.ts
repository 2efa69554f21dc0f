import type { ProblemLines } from '@loadstair/kit';
import type { Io } from './io.ts';

/** What happened, why, what to do, code: once, on stderr. Returns the exit status. */
export function printProblem(io: Io, error: unknown): number {
  const given = error as Partial<ProblemLines> & { stack?: string; message?: string };
  const exit = typeof given.exit === 'number' ? given.exit : 1;
  const lines = [
    `${io.err.paint.bad(io.err.marks.bad)} ${given.what ?? given.message ?? String(error)}`,
    ...(given.why === undefined || given.why === '' ? [] : [`  why   ${given.why}`]),
    ...(given.do === undefined || given.do === '' ? [] : [`  do    ${given.do}`]),
    `  more  ${given.code ?? 'E_LAB'} · .lab/log · exit ${exit}`,
  ];
  io.err.write(`${lines.join('\n')}\n`);
  if (io.debug && given.stack !== undefined) io.err.write(`${given.stack}\n`);
  return exit;
}
