import type { StatusAnswer } from '@loadstair/lab-api';
import { instanceWords } from '@loadstair/lab-api/folders';
import { EXAMPLE } from '@loadstair/stages';

/** What is told of an instance; without its labd there is none that could tell more. */
export type Status = Omit<StatusAnswer, 'machine'>;

const LIMITS = {
  on: 'on, as in a run',
  lifted: 'lifted while a run warms the site up',
  off: 'off: the site carries more load than in a run',
} as const;

/** The same as JSON; a process that is not there has no id. */
export function statusJson({ pid, endsAtMs = null, ...status }: Status): object {
  return { ...status, pid: pid === 0 ? null : pid, endsAtMs };
}

export function statusLines(status: Status): string[] {
  if (status.stage === null && status.holds !== null) {
    const words = { starting: 'is being started', stopping: 'is being stopped', 'not-clean': 'did not end completely: ./lab down' };
    const { stage, slug } = status.holds;
    return [`${stage} ${slug} ${words[status.state as keyof typeof words]}   instance ${status.instance}, labd ${status.pid}`];
  }
  if (status.stage === null) {
    return [`Nothing is up in instance ${status.instance}. Start one: ./lab up ${EXAMPLE.first}`, ...idleLabd(status)];
  }
  const rows = status.hosts.map((host) => [
    host.name,
    host.state,
    host.address,
    `${host.cpu} lab CPU`,
    `${host.memoryMiB} MiB`,
    [host.components.map((one) => one.kind).join(' + '), ...(host.role === null ? [] : [host.role]), ...host.faults].join(', '),
  ]);
  const name = Math.max(9, ...status.hosts.map((host) => host.name.length + 2));
  const run = status.run === null ? '' : `, run ${status.run}`;
  return [
    `${status.stage} ${status.slug}   ${status.url}   instance ${status.instance}, labd ${status.pid}${run}`,
    ...rows.map((row) => `  ${row.map((cell, index) => cell.padEnd([name, 9, 14, 12, 9, 0][index] ?? 0)).join('')}`),
    `  CPU limits are ${LIMITS[status.budgets ?? 'off']}`,
    ...(status.isolation === 'off' ? ['  clients can reach private hosts here: ./lab doctor isolation'] : []),
  ];
}

/** One that a command left serves the console for a while. */
function idleLabd({ instance, pid, endsAtMs }: Status): string[] {
  if (endsAtMs == null) return [];
  const minutes = Math.max(1, Math.round((endsAtMs - Date.now()) / 60_000));
  return [`Its labd ${pid} serves the console, and ends in ${minutes} min.`, `./lab down${instanceWords(instance)} ends it now.`];
}
