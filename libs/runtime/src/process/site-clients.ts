import { connect } from 'node:net';
import type { Answer, Clients } from '@loadstair/operations';
import { localClients, PORTS, SITE_NAME, type Placement } from '@loadstair/topology';
import { visitSite } from './visit.ts';

/** Who waits longer for an answer gives up. */
const ANSWER_MS = 3_000;

/** What clients of a site can do. They dial from a client's address, as one that knows where the servers are. */
export function siteClients(placement: () => Placement, siteUrl: () => string): Clients {
  return {
    async get(path, signal, host) {
      const base = host === undefined ? siteUrl() : `http://${publicAddressOf(placement(), host)}:${PORTS.http}`;
      try {
        return await answerTo(base + path, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]));
      } catch {
        signal.throwIfAborted();
        return null;
      }
    },
    async visit({ name = SITE_NAME, path, accept, place }) {
      const { lookup, asked } = await visitSite(placement(), {
        name,
        path,
        headers: { accept },
        ...(place === undefined ? {} : { place }),
      });
      const { value: answer = null } = asked ?? {};
      return {
        name,
        address: lookup.value,
        lookupMs: lookup.endMs - lookup.startMs,
        answerMs: asked === null ? null : asked.endMs - asked.startMs,
        answer: answer === null ? null : { url: `http://${name}:${PORTS.http}${path}`, ...answer },
        error: lookup.error ?? asked?.error ?? null,
      };
    },
    dial: async (address) => ({ address: `${address}:${PORTS.http}`, answer: await dial(address, localClients(placement()).dialler) }),
  };
}

function publicAddressOf({ hosts }: Placement, name: string): string | null {
  return hosts.find((host) => host.name === name)?.publicAddress ?? null;
}

async function answerTo(url: string, signal: AbortSignal): Promise<Answer> {
  const answer = await fetch(url, { signal });
  return { url, status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

/** `connected` when HTTP was answered, `refused` when the connection was, else what happened. */
function dial(host: string, localAddress: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: PORTS.http, localAddress });
    const end = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => end(`no answer in ${ANSWER_MS} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? 'refused' : (error.code ?? error.message)),
    );
    socket.once('connect', () => socket.write('GET /healthz HTTP/1.1\r\nhost: photos.lab\r\nconnection: close\r\n\r\n'));
    socket.once('data', (chunk) => end(chunk.toString('latin1').startsWith('HTTP/1.1 200') ? 'connected' : 'not HTTP 200'));
  });
}
