import { createConnection } from 'node:net';

const TIMEOUT_MS = 2000;

/** One command to HAProxy's runtime API over its local socket (https://docs.haproxy.org/2.6/management.html#9.3). */
export function haproxyCommand(socket: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = createConnection(socket);
    const chunks: Buffer[] = [];
    connection.setTimeout(TIMEOUT_MS, () => connection.destroy(new Error(`HAProxy did not answer "${command}" in ${TIMEOUT_MS} ms.`)));
    connection.once('error', reject);
    connection.on('data', (chunk) => chunks.push(chunk));
    connection.once('end', () => resolve(Buffer.concat(chunks).toString('utf8').trim()));
    connection.write(`${command}\n`);
  });
}

/** One row of `show stat`; numbers that HAProxy leaves out are 0. */
export interface ServerStat {
  readonly proxy: string;
  readonly server: string;
  readonly status: string;
  /** `address:port` of the server; empty for the sum of all. */
  readonly address: string;
  /** Requests in flight and queued now. */
  readonly current: number;
  readonly queued: number;
  /** Requests since the start. */
  readonly total: number;
  /** How often checks found it down, and what came of the last one (management.html#9.1, check_status): `L7OK`, `L7TOUT`, `L4CON`. */
  readonly wentDown: number;
  readonly check: string;
  /** HTTP requests that came since the start; 0 for a server. */
  readonly requests: number;
  /** Sent towards clients since the start. */
  readonly bytesOut: number;
  /** Means over the last requests, ms: in the queue, connecting, until the answer. */
  readonly queueMs: number;
  readonly connectMs: number;
  readonly responseMs: number;
}

export async function haproxyStats(socket: string): Promise<ServerStat[]> {
  const [header = '', ...lines] = (await haproxyCommand(socket, 'show stat')).replace(/^# /, '').split('\n');
  const columns = header.split(',');
  return lines.filter(Boolean).map((line) => {
    const cells = line.split(',');
    const text = (column: string): string => cells[columns.indexOf(column)] ?? '';
    const number = (column: string): number => Number(text(column)) || 0;
    return {
      proxy: text('pxname'),
      server: text('svname'),
      status: text('status'),
      address: text('addr'),
      current: number('scur'),
      queued: number('qcur'),
      total: number('stot'),
      wentDown: number('chkdown'),
      // One that is going on has a star before what came of the last.
      check: text('check_status').replace(/^\* /, ''),
      requests: number('req_tot'),
      bytesOut: number('bout'),
      queueMs: number('qtime'),
      connectMs: number('ctime'),
      responseMs: number('rtime'),
    };
  });
}
