/** What became of work that somebody was promised, by queue: every accepted job is finished, still there, or lost. */
export interface WorkAudit {
  /** Id of the backlog. */
  readonly queue: string;
  readonly accepted: number;
  readonly finished: number;
  /** Of the finished ones, those that were done more than once. */
  readonly twice: number;
  readonly unfinished: number;
  readonly lost: number;
}

/** @param jobs ids: of accepted jobs, of each time a job was finished, and of those that are still to be done */
export function auditWork(
  queue: string,
  jobs: { readonly accepted: readonly string[]; readonly finished: readonly string[]; readonly unfinished: readonly string[] },
): WorkAudit {
  const times = new Map<string, number>();
  for (const job of jobs.finished) times.set(job, (times.get(job) ?? 0) + 1);
  const open = new Set(jobs.unfinished.filter((job) => !times.has(job)));
  const accepted = new Set(jobs.accepted);
  return {
    queue,
    accepted: accepted.size,
    finished: times.size,
    twice: [...times.values()].filter((count) => count > 1).length,
    unfinished: open.size,
    lost: [...accepted].filter((job) => !times.has(job) && !open.has(job)).length,
  };
}

/** A line a queue: `web-1/site/backlog: 1,204 jobs accepted, 1,180 finished, 24 unfinished, none lost` */
export function auditLines({ audit = [] }: { readonly audit?: readonly WorkAudit[] }): string[] {
  const count = (jobs: number): string => (jobs === 0 ? 'none' : jobs.toLocaleString('en'));
  return audit.map(
    ({ queue, accepted, finished, twice, unfinished, lost }) =>
      `${queue}: ${count(accepted)} jobs accepted, ${count(finished)} finished${twice === 0 ? '' : `, ${count(twice)} of them twice`}, ${count(unfinished)} unfinished, ${count(lost)} lost`,
  );
}
