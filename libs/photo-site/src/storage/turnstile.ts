import { SITE_LIMITS } from '../limits.ts';
import { DatabaseBusy } from './connections.ts';

/** Lets so many in at once; the others wait in order, not for ever. */
export interface Turnstile {
  /** Resolves when it is one's turn; rejects with DatabaseBusy. */
  enter(): Promise<void>;
  leave(): void;
}

export function turnstile(places: number, waitMs: number = SITE_LIMITS.acquireMs): Turnstile {
  let free = places;
  const queue: (() => void)[] = [];
  return {
    enter() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          queue.splice(queue.indexOf(enter), 1);
          reject(new DatabaseBusy(`no connection came free in ${waitMs} ms`));
        }, waitMs);
        const enter = (): void => {
          clearTimeout(timer);
          resolve();
        };
        queue.push(enter);
      });
    },
    leave() {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
