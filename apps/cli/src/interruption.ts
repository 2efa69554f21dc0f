import type { Io } from '@loadstair/terminal-view/io';

/** What Ctrl-C and SIGTERM did to a command that runs for a while. */
export interface Interruption {
  /** Exit status it asks for (130, 143 or 129); null as long as nobody interrupted. */
  status(): number | null;
  /** How to stop in good order what has begun; asked at once when the signal has come already. */
  stopWith(stop: () => Promise<unknown>): void;
  /** Signals end the command in the usual way again. */
  end(): void;
}

const STATUS: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * First Ctrl-C: stop in good order. Second: end at once; the next start cleans up.
 *
 * @param says what is being ended now, for the person who pressed it
 */
export function onInterrupt(io: Io, says: string): Interruption {
  let status: number | null = null;
  let stop: (() => Promise<unknown>) | null = null;
  const ask = (): void => {
    // Whoever waits for the work sees it end, and says when labd could not be reached.
    stop?.().catch(() => {});
  };
  const handler = (signal: NodeJS.Signals): void => {
    if (status !== null) {
      io.err.write('Ended at once. The next start of the lab cleans up what is left.\n');
      // Without handlers the signal ends the process in the usual way: 130 or 143 to whoever started it.
      end();
      process.kill(process.pid, signal);
      return;
    }
    status = STATUS[signal] ?? 130;
    io.err.write(`\n${says} Press Ctrl-C again to end at once.\n`);
    ask();
  };
  const end = (): void => {
    process.off('SIGINT', handler);
    process.off('SIGTERM', handler);
    process.off('SIGHUP', handler);
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  // The terminal was closed.
  process.on('SIGHUP', handler);
  return {
    status: () => status,
    stopWith(next) {
      stop = next;
      if (status !== null) ask();
    },
    end,
  };
}
