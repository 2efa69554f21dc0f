import { readdirSync, readFileSync } from 'node:fs';

/** Name Node gives the threads of its own on which V8 collects garbage beside the main one; it compiles there too, and seldom. */
const HELPER = 'V8Worker';

/** CPU seconds that V8's own threads of a process have used; null when they cannot be read. What they do is not in what Node says of collections. */
export function helperSeconds(pid: number): number | null {
  const tasks = `/proc/${pid}/task`;
  try {
    // https://docs.kernel.org/scheduler/sched-stats.html: the first number is the time on a CPU, ns.
    const nanoseconds = readdirSync(tasks)
      .filter((task) => readFileSync(`${tasks}/${task}/comm`, 'utf8').trim() === HELPER)
      .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]));
    return nanoseconds.length === 0 ? null : nanoseconds.reduce((sum, one) => sum + one, 0) / 1e9;
  } catch {
    // It ended meanwhile, or the kernel does not say.
    return null;
  }
}
