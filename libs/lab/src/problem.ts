import { Problem, type ProblemLines } from '@loadstair/kit';
import { instanceWords } from '@loadstair/lab-api/folders';

/** An error a person can act on: what happened, why, what to do. Becomes an RFC 9457 document, and the terminal's error block. */
export class LabProblem extends Problem {
  readonly status: number;

  constructor(status: number, lines: ProblemLines) {
    super(lines);
    this.status = status;
  }
}

/**
 * The lines of any error. Errors of our libraries carry what/why/do/code/exit themselves; any other is the lab's own fault.
 */
export function problemLinesOf(error: unknown): ProblemLines {
  if (isFull(error)) {
    const { message } = error as Error;
    return {
      what: 'The disk is full.',
      why: message,
      do: './lab prune shows what can be deleted; or free some space',
      code: 'E_DISK',
      exit: 1,
    };
  }
  const carried = (error ?? {}) as Partial<Record<keyof ProblemLines, unknown>> & { message?: string };
  return {
    what: typeof carried.what === 'string' ? carried.what : (carried.message ?? String(error)),
    why: typeof carried.why === 'string' ? carried.why : '',
    do: typeof carried.do === 'string' ? carried.do : './lab doctor',
    code: typeof carried.code === 'string' ? carried.code : 'E_LAB',
    exit: typeof carried.exit === 'number' ? carried.exit : 1,
  };
}

/** The system's words for a disk, or a user's share of it, without room (man 3 errno). */
function isFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** What to do when an instance holds something else; a command that names no instance means the first. */
export function freeOrOther(instance: number): string {
  return `./lab down${instanceWords(instance)}, or add --instance ${instance + 1}`;
}
