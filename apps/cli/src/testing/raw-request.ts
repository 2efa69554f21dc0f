import { connect } from 'node:net';

/** A request as bytes, so that it may break every rule of HTTP. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** So many bytes more are promised than are sent. */
  readonly missing: number;
}

const ANSWER_MS = 10_000;

/**
 * Sends it on a connection for itself and reads the first line of what comes back; the rest may be a stream without an end.
 *
 * @returns the status, or null when the server closed the connection without an answer
 */
export async function sendRaw(url: string, request: RawRequest): Promise<number | null> {
  const { hostname, port, host } = new URL(url);
  const has = (name: string): boolean => request.headers.some(([given]) => given.toLowerCase() === name);
  const length = request.body.length + request.missing;
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    ...(has('host') ? [] : [`host: ${host}`]),
    'connection: close',
    ...(length === 0 || has('content-length') || has('transfer-encoding') ? [] : [`content-length: ${length}`]),
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const socket = connect(Number(port), hostname);
  // A server that refuses a request does not read the rest of it, and the connection is reset: what it answered counts.
  socket.on('error', () => {});
  let text = '';
  const firstLine = new Promise<number | null>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\r\n')) resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? Number.NaN));
    });
    socket.once('close', () => resolve(null));
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer in ${ANSWER_MS} ms.`)), ANSWER_MS);
  });
  try {
    socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), request.body]));
    // Who promised more ends in the middle of it.
    if (request.missing > 0) socket.end();
    return await Promise.race([firstLine, late]);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
