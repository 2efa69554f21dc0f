import { request } from 'node:http';

/** One request that was sent. */
export interface Sent {
  readonly dueMs: number;
  readonly path: string;
  /** Status, or the word of the error. */
  readonly outcome: number | string;
  readonly tookMs: number;
}

export interface OpenLoop {
  /** Requests that have an outcome so far. */
  ended(): number;
  /** Sends no more; resolves with everything when the last answer is there. */
  stop(): Promise<readonly Sent[]>;
}

const TIMEOUT_MS = 5_000;
const PATHS = ['/users/12', '/api/photos/1', '/photos/1', '/static/site.css'];

/**
 * Requests at a fixed rate, whatever becomes of those before; each on a connection of its own from a client's address,
 * as new users come.
 *
 * @param clientAddress source address, for example `127.23.200.5`
 * @param rate requests/s
 */
export function startOpenLoop(url: string, clientAddress: string, rate: number): OpenLoop {
  const sent: Promise<Sent>[] = [];
  let ended = 0;
  const count = (one: Sent): Sent => {
    ended += 1;
    return one;
  };
  const begunMs = performance.now();
  // The timer may be late; what was due meanwhile is sent then.
  const timer = setInterval(() => {
    while (sent.length < ((performance.now() - begunMs) / 1000) * rate) {
      sent.push(sendOne(url, PATHS[sent.length % PATHS.length] as string, clientAddress).then(count));
    }
  }, 10);
  return {
    ended: () => ended,
    stop() {
      clearInterval(timer);
      return Promise.all(sent);
    },
  };
}

function sendOne(url: string, path: string, localAddress: string): Promise<Sent> {
  const dueMs = Date.now();
  return new Promise((resolve) => {
    const end = (outcome: number | string): void => resolve({ dueMs, path, outcome, tookMs: Date.now() - dueMs });
    const asked = request(url + path, { localAddress, agent: false, timeout: TIMEOUT_MS }, (answer) => {
      answer.resume();
      answer.once('end', () => end(answer.statusCode ?? 0));
      answer.once('error', (error) => end(error.message));
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
    asked.once('error', (error) => end(error.message));
    asked.end();
  });
}

/** Requests that were not answered with a 2xx. */
export function failedOf(all: readonly Sent[]): Sent[] {
  return all.filter(({ outcome }) => typeof outcome !== 'number' || outcome < 200 || outcome > 299);
}
