import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startPostgres, type StartedPostgres } from './postgres.ts';
import { startSiteProcess, type StartedSiteProcess } from './site-process.ts';

const SEED_PROGRAM = join(import.meta.dirname, '../../../../apps/site/src/seed.ts');

/** A site with data, and somebody who is signed in. */
export interface SeededSite {
  readonly postgres: StartedPostgres;
  readonly site: StartedSiteProcess;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The same as user 12. */
  signedIn(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/**
 * @param environment variables of the site's process
 * @param address of its own, where other tests run a site at the same time
 */
export async function startSeededSite(environment: Record<string, string> = {}, address?: string): Promise<SeededSite> {
  const postgres = await startPostgres();
  execFileSync(process.execPath, ['--conditions=@loadstair/source', SEED_PROGRAM], {
    env: { SITE_DATABASE: postgres.url, SITE_SEED_USERS: '2000', SITE_SEED_PHOTOS: '6000' },
  });
  const site = await startSiteProcess(postgres.url, environment, address);
  const send: SeededSite['send'] = (method, path, body, headers = {}) =>
    fetch(site.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: bodyOf(body),
      redirect: 'manual',
    });
  const { token } = await json(await send('POST', '/api/sessions', { user: 12 }));
  return {
    postgres,
    site,
    send,
    signedIn: (method, path, body, headers = {}) => send(method, path, body, { authorization: `Bearer ${token as string}`, ...headers }),
    async stop() {
      await site.stop();
      await postgres.stop();
    },
  };
}

export async function json(answer: Response): Promise<Record<string, unknown>> {
  return (await answer.json()) as Record<string, unknown>;
}

function bodyOf(body: unknown): RequestInit['body'] {
  if (body === undefined) return null;
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  return typeof body === 'string' ? body : JSON.stringify(body);
}
