import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startProcess, until } from '@loadstair/kit/node';
import { instanceWords, LAB_FOLDER, REPO_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { Problem } from '@loadstair/kit';
import { labdOver, type LabdClient, type State } from './labd-http.ts';

const START_WITHIN_MS = 15_000;
/** labd gives itself 30 s to end its site. */
const END_SILENT_WITHIN_MS = 35_000;
const MOST_LOG_BYTES = 4 * 1024 * 1024;

/** The labd of an instance, or null when none runs. */
export async function findLabd(instance: number): Promise<LabdClient | null> {
  const file = stateFile(instance);
  const state = readState(file, instance);
  if (state === null || !isLabd(state.pid)) return null;
  const client = labdOver(state);
  return client.call('GET /api/status').then(
    () => client,
    () => null,
  );
}

/** What a state file says; null when there is none, or what is there was not written whole by a labd. */
export function readState(file: string, instance: number): State | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') return null;
    throw new Problem({
      what: `The lab of instance ${instance} belongs to another user.`,
      why: `only the user who started it, usually root, can read ${file}`,
      do: `sudo ./lab status${instanceWords(instance)}`,
      code: 'E_OTHER_USER',
      exit: 1,
    });
  }
  try {
    const { pid, url, pages, token, sources } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof url !== 'string' || typeof token !== 'string' || !isLoopback(url)) return null;
    return { pid, url, pages: isLoopback(pages) ? pages : url, token, sources: typeof sources === 'string' ? sources : '' };
  } catch {
    return null;
  }
}

function isLoopback(url: unknown): url is string {
  return typeof url === 'string' && /^http:\/\/(localhost|127\.0\.0\.1):\d+$/.test(url);
}

/** The labd of an instance, started when none runs. */
export async function needLabd(instance: number): Promise<{ readonly client: LabdClient; readonly started: boolean }> {
  const running = await findLabd(instance);
  if (running !== null && !(await isOutdated(running, instance))) return { client: running, started: false };
  mkdirSync(join(LAB_FOLDER, 'log'), { recursive: true });
  const log = join(LAB_FOLDER, 'log', `labd-${instance}.log`);
  const flags = logFlags(log);
  // Only what this labd writes is the reason why it did not start.
  const before = flags === 'a' && existsSync(log) ? statSync(log).size : 0;
  const descriptor = openSync(log, flags);
  const child = startProcess(
    process.execPath,
    [
      '--conditions=@loadstair/source',
      '--disable-warning=ExperimentalWarning',
      join(REPO_FOLDER, 'apps', 'labd', 'src', 'main.ts'),
      '--instance',
      String(instance),
      '--sources',
      sourcesStamp(),
    ],
    { outlivesUs: true, output: descriptor, cwd: REPO_FOLDER },
  );
  closeSync(descriptor);
  const death = new AbortController();
  void child.ended.then(() => death.abort());
  const answering = async (): Promise<LabdClient | null> => {
    const client = await findLabd(instance);
    return client?.pid === child.pid ? client : null;
  };
  try {
    const client = await until(answering, { what: 'labd answers', timeoutMs: START_WITHIN_MS, signal: death.signal });
    return { client, started: true };
  } catch {
    // A labd nobody could reach must not stay.
    await child.stop();
    const words = readFileSync(log)
      .subarray(before)
      .toString('utf8')
      .trim()
      .split('\n')
      .filter((line) => /Error|what|taken/.test(line))[0];
    throw new Problem({
      what: 'labd did not start.',
      why: words ?? `it did not answer within ${START_WITHIN_MS / 1000} s`,
      do: `see ${log}`,
      code: 'E_LABD',
      exit: 1,
    });
  }
}

/**
 * Whether a labd runs other sources than this command, as after `git pull`; one that has nothing to do is ended.
 *
 * @throws Problem when it is busy
 */
export async function isOutdated(client: LabdClient, instance: number, stamp = sourcesStamp()): Promise<boolean> {
  if (stamp === '' || client.sources === '' || client.sources === stamp) return false;
  const { state } = await client.call('GET /api/status');
  if (state === 'idle') {
    await shutdown(client);
    return true;
  }
  throw new Problem({
    what: `labd of instance ${instance} has a different version from this command.`,
    why: `it was started from commit ${client.sources.slice(0, 7)}, and this is ${stamp.slice(0, 7)}`,
    do: `./lab down${instanceWords(instance)}, then run it again`,
    code: 'E_OTHER_VERSION',
    exit: 1,
  });
}

/** The commit that is checked out; empty where there is none to read. */
export function sourcesStamp(gitFolder = join(REPO_FOLDER, '.git')): string {
  try {
    const head = readFileSync(join(gitFolder, 'HEAD'), 'utf8').trim();
    const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
    return ref === undefined ? head : readFileSync(join(gitFolder, ref), 'utf8').trim();
  } catch {
    return '';
  }
}

/** A labd of this checkout that has begun, whether it answers yet or not: its pid, or null. */
export function labdProcess(instance: number): number | null {
  const main = join(REPO_FOLDER, 'apps', 'labd', 'src', 'main.ts');
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => {
    const words = commandLineOf(pid).split('\0');
    const at = words.indexOf(main);
    return at >= 0 && words[at + 1] === '--instance' && words[at + 2] === String(instance);
  });
  return found === undefined ? null : Number(found);
}

function commandLineOf(pid: string | number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Ends a labd that does not answer: it begins, or hangs. */
export async function endSilentLabd(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM');
  const gone = { what: 'labd has ended', timeoutMs: END_SILENT_WITHIN_MS };
  await until(() => !isAlive(pid), gone).catch(() => {
    process.kill(pid, 'SIGKILL');
    return until(() => !isAlive(pid), gone);
  });
}

/** The trace of a crash outlives the next commands; a log that has grown begins anew. */
function logFlags(log: string): 'a' | 'w' {
  return existsSync(log) && statSync(log).size > MOST_LOG_BYTES ? 'w' : 'a';
}

/** The labd that must be there already. */
export async function existingLabd(instance: number): Promise<LabdClient> {
  const client = await findLabd(instance);
  if (client !== null) return client;
  throw new Problem({
    what: `Instance ${instance} is not running.`,
    why: 'its labd was not started',
    do: './lab up STAGE; ./lab stages lists them',
    code: 'E_NO_LABD',
    exit: 2,
  });
}

/** Whether a pid is a labd: pids are used again after a reboot or a crash. */
function isLabd(pid: number): boolean {
  return commandLineOf(pid).includes('apps/labd/src/main.ts');
}

/** Ends labd, and waits until it has cleaned up. */
export async function shutdown(client: LabdClient): Promise<void> {
  await client.call('POST /api/shutdown').catch(() => {
    // It is gone already.
  });
  await until(() => !isAlive(client.pid), { what: 'labd has ended' });
}
