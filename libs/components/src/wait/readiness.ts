import { createConnection } from 'node:net';
import { httpOk, type Probe } from './wait.ts';

/** How to ask a program whether it serves, as data: every driver and renderer asks in its own way. */
export type Readiness =
  | { readonly kind: 'http'; readonly address: string; readonly port: number; readonly path: string }
  | { readonly kind: 'tcp'; readonly address: string; readonly port: number }
  | { readonly kind: 'exec'; readonly command: string; readonly args: readonly string[] };

const CONNECT_MS = 2_000;

/** @param run runs a program to its end, and rejects when it fails */
export function probeOf(readiness: Readiness, run: (command: string, args: readonly string[]) => Promise<string>): Probe {
  switch (readiness.kind) {
    case 'http':
      return httpOk(`http://${readiness.address}:${readiness.port}${readiness.path}`);
    case 'tcp':
      return () => takesConnections(readiness.address, readiness.port);
    case 'exec':
      return async () => {
        await run(readiness.command, readiness.args);
        return null;
      };
  }
}

function takesConnections(address: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port, timeout: CONNECT_MS });
    const end = (answer: string | null): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end(`${address}:${port} does not answer`));
    socket.once('error', (error) => end(error.message));
  });
}
