import {
  addressOf,
  clientOver,
  requestOf,
  type Call,
  type EventOf,
  type EventsName,
  type GivenTo,
  type StreamName,
} from '@loadstair/lab-api/client';
import { Problem } from '@loadstair/kit';

/** A running labd: its operations, by the table of libs/lab-api. */
export interface LabdClient {
  readonly pid: number;
  /** Where it answers. */
  readonly url: string;
  /** Origin of the console in a browser: another one than `url` where a container publishes the port of labd. */
  readonly pages: string;
  /** What a browser needs to change something. */
  readonly key: string;
  /** Commit it was started from; empty where that is not known. */
  readonly sources: string;
  readonly call: Call;
  /** Lines of a stream as they come. */
  lines<Name extends StreamName>(name: Name, ...given: GivenTo<Name>): AsyncGenerator<string>;
  /** Events of a stream as they come; ends early when labd is gone. */
  events<Name extends EventsName>(name: Name, ...given: GivenTo<Name>): AsyncGenerator<EventOf<Name>>;
}

/** What the state file of a labd says. */
export interface State {
  readonly pid: number;
  readonly url: string;
  readonly pages: string;
  readonly token: string;
  /** Commit that labd was started from; empty where that is not known. */
  readonly sources: string;
}

export function labdOver({ pid, url, pages, token, sources }: State): LabdClient {
  const headers = { authorization: `Bearer ${token}` };
  const call = clientOver(async ({ method, address, body = {} }) => {
    const response = await fetch(url + address, {
      method,
      headers: { ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    }).catch((error: Error) => {
      throw new Problem({
        what: 'labd does not answer.',
        why: error.cause instanceof Error ? error.cause.message : error.message,
        do: './lab status',
        code: 'E_LABD_GONE',
        exit: 1,
      });
    });
    await throwRefusal(response);
    return response.status === 204 ? {} : response.json();
  });
  const lines = async function* (address: string): AsyncGenerator<string> {
    const response = await fetch(url + address, { headers });
    await throwRefusal(response);
    if (response.body !== null) yield* linesOf(response.body);
  };
  return {
    pid,
    url,
    pages,
    sources,
    key: token,
    call,
    lines: (name, ...given) => lines(addressOf(name, ...given)),
    async *events<Name extends EventsName>(name: Name, ...given: GivenTo<Name>) {
      for await (const line of lines(requestOf(name, ...given).address)) if (line !== '') yield JSON.parse(line) as EventOf<Name>;
    },
  };
}

/** Throws what labd says of a request that it did not do. */
async function throwRefusal(response: Response): Promise<void> {
  if (!response.ok) throw new Problem((await response.json()) as Problem);
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    // A labd that was killed breaks its streams off: they end here, and whoever misses the last line says so.
    const { value: chunk, done } = await chunks.next().catch(() => ({ value: undefined, done: true as const }));
    if (done === true || chunk === undefined) break;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
