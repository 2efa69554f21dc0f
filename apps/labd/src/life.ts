import { setTimeout as delay } from 'node:timers/promises';

/** A stop that takes longer hangs; the next ./lab down ends what is left. */
const STOP_WITHIN_MS = 30_000;

/** How a process ends: what it started is stopped once, whoever asks and however often. */
export interface Life {
  /** Stops in good order, then ends the process with this status, or with 1 when the stop fails or hangs. */
  end(status: number): void;
  /** An error nobody expected: it is reported, and everything the process started ends with it. */
  crash(error: unknown): void;
}

/**
 * @param parts.stop ends everything the process started
 * @param parts.exit ends the process
 * @param parts.report writes an error to the log of the process
 */
export function lifeOf(parts: {
  readonly stop: () => Promise<void>;
  readonly exit: (status: number) => void;
  readonly report: (error: unknown) => void;
  readonly stopWithinMs?: number;
}): Life {
  const { stop, exit, report, stopWithinMs = STOP_WITHIN_MS } = parts;
  let ending = false;
  const endInOrder = async (status: number): Promise<void> => {
    try {
      // An unreferenced timer would let the process end before its stop is known.
      await Promise.race([stop(), delay(stopWithinMs).then(() => Promise.reject(new Error('The stop took too long.')))]);
      exit(status);
    } catch (error) {
      report(error);
      exit(1);
    }
  };
  const end = (status: number): void => {
    if (ending) return;
    ending = true;
    void endInOrder(status);
  };
  return {
    end,
    crash(error) {
      report(error);
      end(1);
    },
  };
}
