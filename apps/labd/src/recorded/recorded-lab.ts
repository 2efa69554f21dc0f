import { hostname } from 'node:os';
import { createEventLog, LabProblem, type Lab, type StartedRun } from '@loadstair/lab';
import { eventsOf, NotRecorded, play, type Asked, type RecordedRuns } from '@loadstair/recorded';
import type { OpenedRun, RunEvent } from '@loadstair/runs';

/** A lab that plays recorded runs in place of measuring: what is asked of it is what is asked of one that measures. */
export interface RecordedLab extends Lab {
  /** The run that is being played, until its verdict; null when none is. */
  playing(): string | null;
}

interface Playing {
  readonly run: OpenedRun;
  readonly stopping: AbortController;
  readonly done: Promise<void>;
}

/** @param speed how many times faster than it was measured a run is played */
export function createRecordedLab(
  recorded: RecordedRuns,
  { instance, speed }: { readonly instance: number; readonly speed: number },
): RecordedLab {
  let now: Playing | null = null;
  /** What was played is told from its beginning to whoever comes late, as of a run that was measured. */
  const logs = new Map<string, StartedRun['events']>();

  const stopPlaying = async (): Promise<void> => {
    now?.stopping.abort();
    await now?.done;
  };
  const tell = async (events: readonly RunEvent[], signal: AbortSignal, to: (event: RunEvent) => void): Promise<void> => {
    let told = 0;
    for await (const event of play(events, speed, signal)) {
      to(event);
      told += 1;
    }
    // Who stops it wants to see what it came to.
    for (const event of events.slice(told)) to(event);
  };
  const begin = (asked: Asked): StartedRun => {
    if (now !== null) throw isPlaying(now.run.id);
    const run = found(recorded, asked);
    const log = createEventLog<RunEvent>();
    const stopping = new AbortController();
    const events = eventsOf(run, recorded.store);
    logs.set(run.id, log);
    const done = tell(events, stopping.signal, (event) => {
      // Whoever learns of the end reads the whole run at once.
      if (event.type === 'verdict' || event.type === 'outcome') now = null;
      log.append(event);
    }).finally(() => {
      if (now?.run === run) now = null;
      log.close();
    });
    now = { run, stopping, done };
    return { run: run.id, events: log };
  };

  return {
    playing: () => now?.run.id ?? null,
    status: () => ({
      instance,
      pid: process.pid,
      machine: hostname(),
      state: now === null ? 'idle' : 'measuring',
      holds: null,
      url: null,
      stage: now?.run.manifest.stage ?? null,
      slug: now?.run.manifest.slug ?? null,
      hosts: [],
      run: now?.run.id ?? null,
      budgets: null,
      isolation: null,
      recorded: { says: recorded.says },
    }),
    run({ stage, set, quick, profile, search }) {
      if (search) throw cannot('a search of the capacity');
      if (profile !== null && typeof profile !== 'string') throw cannot('a load profile of your own');
      return begin({ kind: 'run', stage, set, quick, profile });
    },
    experiment: ({ name, quick }) => begin({ kind: 'experiment', name, quick }),
    runEvents: (run) => logs.get(run) ?? null,
    goingRun: () => null,
    stopRun(run) {
      if (now?.run.id === run) now.stopping.abort();
    },
    seriesAt: async () => ({ why: 'recorded runs have no Prometheus' }),
    alerts: async () => null,
    memory: () => null,
    up: refuse,
    down: stopPlaying,
    gameday: refuse,
    operate: refuse,
    operations: { get: refuse, events: refuse, cancel: refuse },
    logFile: refuse,
    lend: refuse,
    stop: stopPlaying,
  };
}

/** Throws LabProblem (409) where nobody recorded it. */
function found(recorded: RecordedRuns, asked: Asked): OpenedRun {
  try {
    return recorded.find(asked);
  } catch (error) {
    if (error instanceof NotRecorded) throw new LabProblem(409, error);
    throw error;
  }
}

function isPlaying(run: string): LabProblem {
  return new LabProblem(409, {
    what: `Run ${run} is being played.`,
    why: 'one run is played at a time',
    do: 'stop it, or wait until it has ended',
    code: 'E_RUNNING',
    exit: 1,
  });
}

/** What needs hosts of this machine. */
export function cannot(what: string): LabProblem {
  return new LabProblem(409, {
    what: 'This console shows recorded runs: nothing runs on this machine.',
    why: `${what} needs a lab that measures`,
    do: './lab console   on Linux, without --recorded',
    code: 'E_RECORDED_ONLY',
    exit: 2,
  });
}

function refuse(): never {
  throw cannot('this');
}
