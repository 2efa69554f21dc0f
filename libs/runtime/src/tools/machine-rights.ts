import { lstatSync, readFileSync, readlinkSync, existsSync } from 'node:fs';
import type { Right } from './rights.ts';

/** What is read of a machine; a test gives folders of its own. */
export interface MachineFiles {
  readonly limits: string;
  readonly userIds: string;
  readonly resolver: string;
}
export const MACHINE_FILES: MachineFiles = { limits: '/proc/self/limits', userIds: '/proc/self/uid_map', resolver: '/etc/resolv.conf' };

/** HAProxy takes 4,000 connections, each with two sockets, and asks for some more for itself. */
const NEEDED_FILES = 8192;
/** Below it PostgreSQL does not start: it keeps 58 for itself, and each of its sockets and logs is one. */
const LEAST_FILES = 128;
/** User ids of the hosts lie from here on; a container may have fewer than all. */
export const HOST_USER_IDS = { first: 0x7000_0000, count: 0x1_0000 } as const;

const PROXY = /^(https?|all)_proxy$/i;

/** Hard limit: Node raises its own to it, and everything the lab starts inherits that. */
export function openFiles(file: string): Right {
  const text = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 'unlimited';
  const limit = text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
  if (limit >= NEEDED_FILES) return { name: 'open files', state: 'ok', found: `${text} for each program`, mend: null };
  const mend = `raise the hard limit: ulimit -n ${NEEDED_FILES}, or LimitNOFILE=${NEEDED_FILES}`;
  return limit < LEAST_FILES
    ? { name: 'open files', state: 'missing', found: `${text} for each program: PostgreSQL needs ${LEAST_FILES}`, mend }
    : { name: 'open files', state: 'warn', found: `${text} for each program: HAProxy needs ${NEEDED_FILES} (stage 3 on)`, mend };
}

/** Hosts run as users that nobody else is; a container's map of user ids may not have them. */
export function userIds(file: string): Right {
  const { first, count } = HOST_USER_IDS;
  const covered = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .some(([inside = 0, , length = 0]) => inside <= first && inside + length >= first + count);
  return covered
    ? { name: 'user ids', state: 'ok', found: 'each host can have a user id for itself', mend: null }
    : {
        name: 'user ids',
        state: 'warn',
        found: `this container has no user ids from ${first} on`,
        mend: `map ${count} user ids from ${first} on into it (uid_map), or use a VM`,
      };
}

/** Null where clients can be given the lab's name server; otherwise why not. */
export function resolverProblem(file: string): Right | null {
  if (existsSync(file)) return null;
  const found = isLink(file) ? `${file} points to ${readlinkSync(file)}, which is not there` : `${file} is not there`;
  return { name: 'own DNS', state: 'warn', found, mend: `rm -f ${file}; touch ${file}` };
}

/** Variables that send what a program fetches through a proxy. Their values may hold a password: names only. */
export function proxy(environment: Readonly<Record<string, string | undefined>>): Right {
  const names = Object.keys(environment).filter((name) => PROXY.test(name) && environment[name]);
  if (names.length === 0) return { name: 'proxy', state: 'ok', found: 'no proxy variables are set', mend: null };
  const found = `${[...new Set(names.map((name) => name.toLowerCase()))].sort().join(', ')}: used to install, not for load`;
  return { name: 'proxy', state: 'ok', found, mend: null };
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}
