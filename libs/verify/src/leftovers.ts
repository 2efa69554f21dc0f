import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readTextOr } from '@loadstair/kit/node';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { addressPrefix } from '@loadstair/topology';

const CGROUPS = '/sys/fs/cgroup';

/**
 * What is on this machine of an instance now, looked for without the lab's own help: processes, control groups, nft
 * tables, sockets, listening ports, mounts, the file that leads to labd. An empty list is a clean machine.
 */
export function leftoversOf(instance: number): string[] {
  return [
    ...processesOf(instance).map((pid) => `process ${pid}: ${readTextOr(`/proc/${pid}/cmdline`, '').replaceAll('\0', ' ')}`),
    ...groupsOf(instance),
    ...execFileSync('nft', ['list', 'tables'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.trim().endsWith(` loadstair_${instance}`)),
    ...[`/run/loadstair/${instance}`].filter(existsSync),
    ...listeningIn(instance).map((place) => `listens on ${place}`),
    ...readTextOr('/proc/self/mountinfo', '')
      .split('\n')
      .filter((line) => line.includes(`/instances/${instance}/`)),
    ...[join(instanceFolder(instance), 'labd.json')].filter(existsSync),
  ];
}

/** The idle-priority loops that steady the CPU clock while something is measured. */
export function burnersOf(instance: number): number[] {
  return processesOf(instance).filter((pid) => readTextOr(`/proc/${pid}/cmdline`, '').includes('while kill -0'));
}

/** Everything that works in the instance's folder, or in a run's with addresses of the instance, and its labd. */
export function processesOf(instance: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const cwd = linkOf(`/proc/${pid}/cwd`);
      // Another lab may run beside it: a load generator is told which addresses it sends from.
      const sends = cwd.startsWith(join(LAB_FOLDER, 'runs')) && readTextOr(`/proc/${pid}/cmdline`, '').includes(addressPrefix(instance));
      return labdOf(pid, instance) || cwd.startsWith(`${instanceFolder(instance)}/`) || sends;
    });
}

/** The labd of an instance, whether it answers or not. */
export function labdPid(instance: number): number | null {
  return (
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .find((pid) => labdOf(pid, instance)) ?? null
  );
}

/** Pids in one of the instance's groups, for example `lab/prometheus` or `hosts/web-1`, and in those below. */
export function pidsInGroup(instance: number, group: string): number[] {
  const below = (folder: string): number[] => [
    ...readTextOr(join(folder, 'cgroup.procs'), '').split('\n').filter(Boolean).map(Number),
    ...foldersIn(folder).flatMap((name) => below(join(folder, name))),
  ];
  return below(groupFolder(instance, group));
}

/** Where a group's CPU files are: cgroup v1 has a tree for them, v2 one for all. */
export function groupFolder(instance: number, group: string): string {
  return join(CGROUPS, ...(existsSync(join(CGROUPS, 'cpu')) ? ['cpu'] : []), `loadstair-${instance}`, group);
}

function labdOf(pid: number, instance: number): boolean {
  const words = readTextOr(`/proc/${pid}/cmdline`, '').split('\0');
  return words.some((word) => word.endsWith('apps/labd/src/main.ts')) && words[words.indexOf('--instance') + 1] === String(instance);
}

function groupsOf(instance: number): string[] {
  const ours = new RegExp(`^loadstair-${instance}(-|$)`);
  return [CGROUPS, ...foldersIn(CGROUPS).map((tree) => join(CGROUPS, tree))].flatMap((tree) =>
    foldersIn(tree)
      .filter((name) => ours.test(name))
      .map((name) => join(tree, name)),
  );
}

/** `127.I.a.b:port` of the instance's /16 where somebody listens (man 5 proc). */
function listeningIn(instance: number): string[] {
  return readTextOr('/proc/net/tcp', '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[3] === '0A')
    .map((cells) => {
      const [address = '', port = ''] = (cells[1] ?? '').split(':');
      const bytes = [6, 4, 2, 0].map((at) => parseInt(address.slice(at, at + 2), 16));
      return `${bytes.join('.')}:${parseInt(port, 16)}`;
    })
    .filter((place) => place.startsWith(addressPrefix(instance)));
}

function instanceFolder(instance: number): string {
  return join(LAB_FOLDER, 'instances', String(instance));
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
