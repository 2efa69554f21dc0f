import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, until } from '@loadstair/kit/node';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { ended, run, type CommandOptions } from './command.ts';
import { needPackage } from './debian.ts';

/** A Docker Engine: the one of this machine, or one that was started for this alone. */
export interface Engine {
  /** Of its own, or the machine's. */
  readonly own: boolean;
  /** Runs a command of the client. Throws CommandFailed. */
  docker(args: readonly string[], options?: CommandOptions): Promise<string>;
  /** The words before the arguments of the client. */
  readonly client: readonly string[];
  /** Ends an engine of its own, and removes everything it has made on the machine. Gives what is left. */
  stop(): Promise<readonly string[]>;
}

const DAEMON = '/usr/sbin/dockerd';
const RUN_FOLDER = '/run/loadstair-try-compose';
/** On the disk of the repository: images need some 3 GB. */
const DATA = join(LAB_FOLDER, 'try-compose');
const READY_WITHIN_MS = 60_000;
const END_WITHIN_MS = 30_000;
const FORWARDING = '/proc/sys/net/ipv4/ip_forward';
const GROUPS = '/sys/fs/cgroup';

/** Uses the engine that runs here, or installs Debian's and starts it beside everything else. Needs root for that. */
export async function startEngine(say: (text: string) => void): Promise<Engine> {
  if ((await ended(['docker', 'info'])).status === 0) {
    say('the engine of this machine');
    return engine(['docker'], false, async () => []);
  }
  await needPackage('docker.io', DAEMON);
  const before = await machineNow();
  mkdirSync(RUN_FOLDER, { recursive: true });
  mkdirSync(DATA, { recursive: true });
  const socket = `unix://${RUN_FOLDER}/docker.sock`;
  const daemon = startProcess(DAEMON, [
    ...['--data-root', join(DATA, 'data'), '--exec-root', join(RUN_FOLDER, 'exec'), '--pidfile', join(RUN_FOLDER, 'pid')],
    ...['--host', socket, '--log-level', 'warn'],
  ]);
  const client = ['docker', '--host', socket];
  const stop = async (): Promise<readonly string[]> => {
    await daemon.stop('SIGTERM', END_WITHIN_MS);
    await putBack(before);
    // The network namespace that builds on the network of the host leave mounted.
    await ended(['umount', join(RUN_FOLDER, 'exec', 'netns', 'default')]);
    for (const folder of [RUN_FOLDER, DATA]) rmSync(folder, { recursive: true, force: true });
    return leftOf(before, await machineNow());
  };
  try {
    const answers = async (): Promise<boolean> => {
      if (!daemon.running) throw new Error('dockerd has ended');
      return (await ended([...client, 'info'])).status === 0;
    };
    await until(answers, { what: 'the Docker Engine answers', timeoutMs: READY_WITHIN_MS, everyMs: 250 });
    return engine(client, true, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function engine(client: readonly string[], own: boolean, stop: Engine['stop']): Engine {
  return { own, client, docker: (args, options) => run([...client, ...args], options), stop };
}

/** What an engine changes of a machine, and does not put back when it ends. */
interface MachineState {
  /** `ip nat` */
  readonly tables: readonly string[];
  readonly links: readonly string[];
  readonly forwarding: string;
  /** Paths of control groups at the top of each tree. */
  readonly groups: readonly string[];
}

async function machineNow(): Promise<MachineState> {
  const { stdout: tables } = await ended(['nft', 'list', 'tables']);
  const trees = existsSync(join(GROUPS, 'cgroup.controllers')) ? [GROUPS] : foldersIn(GROUPS);
  return {
    tables: tables
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/^table /, '')),
    links: readdirSync('/sys/class/net'),
    forwarding: readFileSync(FORWARDING, 'utf8'),
    groups: trees.flatMap(foldersIn),
  };
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/** What is an engine's, or of the lab in its container; other labs may come and go on this machine meanwhile. */
const OURS = {
  tables: /^ip6? (?:nat|filter|mangle|raw)$/,
  links: /^(?:docker0$|br-|veth)/,
  groups: /\/(?:docker|loadstair-1|loadstair-1-burners)$/,
} as const;
const KINDS = ['tables', 'links', 'groups'] as const;

function madeSince(before: MachineState, now: MachineState, kind: (typeof KINDS)[number]): string[] {
  return now[kind].filter((name) => OURS[kind].test(name) && !before[kind].includes(name));
}

async function putBack(before: MachineState): Promise<void> {
  const now = await machineNow();
  for (const table of madeSince(before, now, 'tables')) await ended(['nft', 'delete', 'table', ...table.split(' ')]);
  for (const link of madeSince(before, now, 'links')) await ended(['ip', 'link', 'delete', link]);
  for (const group of madeSince(before, now, 'groups')) removeGroup(group);
  if (now.forwarding !== before.forwarding) writeFileSync(FORWARDING, before.forwarding);
}

/** Its processes have ended with their container. */
function removeGroup(group: string): void {
  for (const child of foldersIn(group)) removeGroup(child);
  try {
    rmdirSync(group);
  } catch {
    // It is listed as left.
  }
}

function leftOf(before: MachineState, now: MachineState): string[] {
  return KINDS.flatMap((kind) => madeSince(before, now, kind));
}
