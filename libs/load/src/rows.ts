import { OUTCOMES, type JourneyName, type PromisedWrite, type RequestRow, type Via } from '@loadstair/loadprofiles';

/** What k6 writes, one line each: where a step's time begins, that an arrival began, what became of a request, and what was written. */
export type GeneratorLine =
  | { readonly kind: 'step'; readonly step: number; readonly beganMs: number }
  | { readonly kind: 'arrival'; readonly step: number; readonly arrival: number; readonly lateMs: number }
  | { readonly kind: 'row'; readonly row: RequestRow }
  | { readonly kind: 'write'; readonly step: number; readonly write: PromisedWrite };

/**
 * `S,<step>,<epoch ms of due time 0>`, `A,<step>,<arrival>,<late ms>`, `W,<step>,<table>,<id>,<user>,<epoch ms>,<mark>,<text>` and
 * `R,<step>,<arrival>,<journey>,<name>,<due epoch ms>,<latency ms>,<outcome>,<status>,<1 when last>`, which where users have regions
 * goes on with `,<region>,<where a file came from, or nothing>`; one that failed has both cells, then
 * `,<error code of k6>,<host that says it answered, or nothing>`.
 * Null for a line that is none of them.
 */
export function parseLine(line: string): GeneratorLine | null {
  const cells = line.split(',');
  const numbers = (...at: readonly number[]): boolean => at.every((index) => cells[index] !== '' && Number.isFinite(Number(cells[index])));
  if (cells[0] === 'S' && numbers(1, 2)) return { kind: 'step', step: Number(cells[1]), beganMs: Number(cells[2]) };
  if (cells[0] === 'A' && numbers(1, 2, 3))
    return { kind: 'arrival', step: Number(cells[1]), arrival: Number(cells[2]), lateMs: Number(cells[3]) };
  if (cells[0] === 'W' && cells.length === 8 && numbers(1, 3, 4, 5)) {
    const [, step, table, id, user, ackedMs, mark, text] = cells as [string, ...string[]];
    return {
      kind: 'write',
      step: Number(step),
      write: {
        table: table as PromisedWrite['table'],
        id: Number(id),
        mark: mark as string,
        user: Number(user),
        text: text as string,
        ackedMs: Number(ackedMs),
      },
    };
  }
  if (cells[0] !== 'R' || ![10, 12, 14].includes(cells.length) || !numbers(1, 2, 5, 6, 7, 8)) return null;
  const [, step, arrival, journey, name, due, latency, outcome, status, last, region, via, error, host] = cells as [string, ...string[]];
  return {
    kind: 'row',
    row: {
      step: Number(step),
      arrival: Number(arrival),
      journey: journey as JourneyName,
      name: name as string,
      dueMs: Number(due),
      latencyMs: Number(latency),
      outcome: OUTCOMES[Number(outcome)] ?? 'error',
      status: Number(status),
      last: last === '1',
      ...(region === undefined || region === '' ? {} : { region }),
      ...(via === undefined || via === '' ? {} : { via: via as Via }),
      ...(error === undefined ? {} : { errorCode: Number(error) }),
      ...(host === undefined || host === '' ? {} : { servedBy: host }),
    },
  };
}
