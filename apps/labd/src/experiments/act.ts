import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Action, ActionResult, ObservedAction } from '@loadstair/experiments';
import type { PromisedWrite } from '@loadstair/load';
import { applySettings, hostsWith, PORTS, tierByRole } from '@loadstair/topology';
import { databasesOf, type HostStatus } from '@loadstair/runtime';
import { NOT_YET_HEARD_MS } from '../load/recent.ts';
import { LabProblem } from '../problem.ts';
import type { SiteSession } from '../site-session.ts';

const DIAL_MS = 3_000;
/** Seeded users; those asked for are spread over them. */
const USERS = 20_000;

/** Does one action, and says when it began and ended and what came of it. A refusal by the lab is a result, a failure is not. */
export async function act(session: SiteSession, action: Action, phase: string, heard: Heard, signal: AbortSignal): Promise<ObservedAction> {
  const beganMs = Date.now();
  const result = await resultOf(session, action, heard, signal);
  session.retarget();
  return { action, phase, beganMs, endedMs: Date.now(), result };
}

/** What the load generator was told so far. */
export interface Heard {
  promised(): readonly PromisedWrite[];
}

async function resultOf(session: SiteSession, action: Action, heard: Heard, signal: AbortSignal): Promise<ActionResult> {
  const { site } = session;
  switch (action.do) {
    case 'kill': {
      const { name } = hostIn(session, action.tier, 'up');
      await site.kill(name);
      return { kind: 'done', host: name };
    }
    case 'replace': {
      const fresh = await site.replace(hostIn(session, action.tier, 'down').name, signal);
      return { kind: 'done', host: fresh.name };
    }
    case 'scale':
      await site.scale(action.tier, action.count, signal);
      return { kind: 'done', host: null };
    case 'resize':
      return resize(session, action.tier, action.cpu);
    case 'set':
      await site.set(action.set, signal);
      return { kind: 'done', host: null };
    case 'clear':
      await site.clear(action.tier);
      return { kind: 'done', host: null };
    case 'guarantee':
      await databasesOf(site).guarantee(action.sync);
      return { kind: 'done', host: null };
    case 'failover': {
      const { from, to } = await databasesOf(site).failover(signal);
      return { kind: 'failed-over', from, to };
    }
    case 'count-writes': {
      // What was promised just now is heard of a moment later.
      await delay(NOT_YET_HEARD_MS, undefined, { signal });
      const promised = [...heard.promised()];
      return {
        kind: 'counted',
        promised: promised.length,
        missing: (await databasesOf(site).missing(promised)).map(({ table, id }) => `${table} id=${id}`),
      };
    }
    case 'recover': {
      const all = await databasesOf(site).recover(signal);
      const restored = all.flatMap((one) => Object.values(one.restored)).reduce((sum, rows) => sum + rows, 0);
      return { kind: 'recovered', restored, conflicts: all.flatMap((one) => one.conflicts.map(({ table, row }) => `${table} ${row}`)) };
    }
    case 'purge':
      await site.purge(action.path, signal);
      return { kind: 'done', host: null };
    case 'ask-edges':
      return { kind: 'asked', answers: await askEdges(session, action.paths, signal) };
    case 'dial':
      return { kind: 'dialled', dials: await dial(session, action.to) };
    case 'compare-answers':
      return compare(session, action.paths, action.users, signal);
  }
}

/** Databases by the part they play now. */
function hostIn(session: SiteSession, tier: string, state: HostStatus['state']): HostStatus {
  const { site } = session;
  const found = site.hosts().find((host) => tierByRole(site.placement, host) === tier && host.state === state);
  if (found !== undefined) return found;
  throw new LabProblem(500, {
    what: `No host of tier ${tier} is ${state}.`,
    why: site
      .hosts()
      .map((host) => `${host.name} ${host.state}`)
      .join(', '),
    do: './lab status',
    code: 'E_NO_SUCH_HOST',
    exit: 1,
  });
}

/** The sizes allowed are those of `--set`: what that refuses is refused here, in the same words. */
async function resize(session: SiteSession, tier: string, cpu: number): Promise<ActionResult> {
  try {
    applySettings(session.site.placement.topology, [`${tier}.cpu=${cpu}`]);
  } catch (error) {
    const { what, why } = error as { what?: string; why?: string };
    if (what === undefined) throw error;
    return { kind: 'refused', what, why: why ?? '' };
  }
  await session.site.resize(tier, cpu);
  return { kind: 'done', host: null };
}

type Asked = Extract<ActionResult, { kind: 'asked' }>['answers'];

/** Asks every edge for files in order; the edge itself says whether it had them. */
async function askEdges({ site }: SiteSession, paths: readonly string[], signal: AbortSignal): Promise<Asked> {
  const answers: Asked[number][] = [];
  for (const edge of hostsWith(site.placement, 'varnish')) {
    for (const path of paths) {
      const answer = await fetch(`http://${edge.publicAddress}:${PORTS.http}${path}`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(DIAL_MS)]),
      }).catch(() => null);
      await answer?.arrayBuffer();
      const said = answer?.ok === true ? answer.headers.get('x-cache') : null;
      answers.push({ edge: edge.name, path, from: said === 'hit' || said === 'miss' ? said : 'none' });
    }
  }
  return answers;
}

type Dialled = Extract<ActionResult, { kind: 'dialled' }>['dials'];

/** Connects from a client's address, as a client that knows where the servers are. */
async function dial({ site }: SiteSession, to: Extract<Action, { do: 'dial' }>['to']): Promise<Dialled> {
  const { hosts, clientPrefix } = site.placement;
  const chosen =
    to === 'public'
      ? hosts.flatMap((host) => (host.publicAddress === null ? [] : [{ host: host.name, address: host.publicAddress }]))
      : hosts.filter((host) => host.tier === to.tier).map((host) => ({ host: host.name, address: host.address }));
  return Promise.all(
    chosen.map(async ({ host, address }) => ({
      host,
      address: `${address}:${PORTS.http}`,
      answer: await answerOf(address, `${clientPrefix}.1`),
    })),
  );
}

/** `connected` when HTTP was answered, `refused` when the connection was, else what happened. */
function answerOf(host: string, localAddress: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: PORTS.http, localAddress });
    const end = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(DIAL_MS, () => end(`no answer in ${DIAL_MS} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET' ? 'refused' : (error.code ?? error.message)),
    );
    socket.once('connect', () => socket.write('GET /healthz HTTP/1.1\r\nhost: photos.lab\r\nconnection: close\r\n\r\n'));
    socket.once('data', (chunk) => end(chunk.toString('latin1').startsWith('HTTP/1.1 200') ? 'connected' : 'not HTTP 200'));
  });
}

async function compare(session: SiteSession, paths: readonly [string, string], users: number, signal: AbortSignal): Promise<ActionResult> {
  const base = session.site.url.direct;
  let equal = 0;
  for (let index = 0; index < users; index += 1) {
    // User 12 is the one with two telephone numbers.
    const id = index === 0 ? 12 : 1 + Math.floor((index * USERS) / users);
    const [a, b] = await Promise.all(paths.map((path) => fetch(base + path.replace('{id}', String(id)), { signal }).then(bodyOf)));
    if (a === b) equal += 1;
  }
  return { kind: 'compared', equal, of: users };
}

async function bodyOf(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.ok) return text;
  throw new LabProblem(500, {
    what: `${answer.url} answered ${answer.status}.`,
    why: text.slice(0, 200),
    do: './lab logs web-1',
    code: 'E_ANSWER',
    exit: 1,
  });
}

/** What was done, in words. */
export function sentenceOf({ action, result }: ObservedAction): string {
  if (result.kind === 'refused') return `refused: ${result.what}`;
  switch (action.do) {
    case 'kill':
      return `${result.kind === 'done' ? result.host : action.tier} killed`;
    case 'replace':
      return `${result.kind === 'done' ? result.host : action.tier} takes the place of the dead host`;
    case 'scale':
      return `${action.tier} tier has ${action.count} host${action.count === 1 ? '' : 's'}`;
    case 'resize':
      return `${action.tier} hosts have ${action.cpu} lab CPUs`;
    case 'set':
      return action.set.join(', ');
    case 'clear':
      return `${action.tier} hosts forget what they keep`;
    case 'guarantee':
      return action.sync === 0 ? 'commits wait for no replica' : `commits wait for ${action.sync} replica${action.sync === 1 ? '' : 's'}`;
    case 'failover':
      return result.kind === 'failed-over' ? `${result.to} takes the writes in place of ${result.from}` : 'another host takes the writes';
    case 'count-writes':
      return result.kind === 'counted'
        ? `${result.missing.length} of ${result.promised} promised rows are missing`
        : 'promised rows counted';
    case 'recover':
      return result.kind === 'recovered' ? `${result.restored} rows restored from the old primary` : 'the old primary read';
    case 'purge':
      return `${action.path} purged at every edge`;
    case 'ask-edges':
      return `edges asked for ${action.paths.join(', ')}`;
    case 'dial':
      return `a client dialled ${action.to === 'public' ? 'the public edge' : `the ${action.to.tier} tier’s private addresses`}`;
    case 'compare-answers':
      return `answers at ${action.paths.join(' and ')} compared`;
  }
}
