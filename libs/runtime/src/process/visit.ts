import { Resolver } from 'node:dns/promises';
import { get, type IncomingMessage } from 'node:http';
import { PORTS, placesOf, type Placement } from '@loadstair/topology';

/** What a client asks, and from where. */
export interface VisitRequest {
  /** A public name, for example that of the site. */
  readonly name: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the client is; the first place when none is said. */
  readonly place?: string;
}

/** What some work gave, or why it failed, with when it began and ended, epoch ms. */
export interface Timed<Value> {
  readonly value: Value | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly error: string | null;
}

export interface VisitAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface VisitTimes {
  /** The address that the lab's name server answered with. */
  readonly lookup: Timed<string>;
  /** Null where there was no address to ask. */
  readonly asked: Timed<VisitAnswer> | null;
}

const TIMEOUT_MS = 6_000;

/** One client looks a public name up at the lab's name server, then asks the address it got: what a browser does, and how long each takes. */
export async function visitSite(placement: Placement, { name, path, headers = {}, place }: VisitRequest): Promise<VisitTimes> {
  const localAddress = placement.addresses.clients(place ?? placesOf(placement.topology)[0]?.name ?? '').visitor;
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  resolver.setServers([`${placement.labAddress}:${PORTS.dns}`]);
  resolver.setLocalAddress(localAddress);
  const lookup = await timed(async () => {
    const [address] = await resolver.resolve4(name);
    if (address === undefined) throw new Error(`${name} has no address`);
    return address;
  });
  const { value: address } = lookup;
  if (address === null) return { lookup, asked: null };
  const asked = await timed(() => answerOf({ host: address, path, localAddress, headers: { ...headers, host: `${name}:${PORTS.http}` } }));
  return { lookup, asked };
}

function answerOf(options: {
  readonly host: string;
  readonly path: string;
  readonly localAddress: string;
  readonly headers: Readonly<Record<string, string>>;
}): Promise<VisitAnswer> {
  return new Promise((resolve, reject) => {
    const { headers, ...where } = options;
    const request = get({ ...where, port: PORTS.http, headers: { ...headers, connection: 'close' }, timeout: TIMEOUT_MS }, (response) => {
      textOf(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, headers: headersOf(response), text }),
        (error: unknown) => reject(error as Error),
      );
    });
    request.once('timeout', () => request.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
    request.once('error', reject);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

async function timed<Value>(work: () => Promise<Value>): Promise<Timed<Value>> {
  const startMs = Date.now();
  const begun = performance.now();
  const ended = (): number => startMs + performance.now() - begun;
  return work().then(
    (value) => ({ value, startMs, endMs: ended(), error: null }),
    (error: Error) => ({ value: null, startMs, endMs: ended(), error: error.message }),
  );
}
