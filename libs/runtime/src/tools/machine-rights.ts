import { readFileSync } from 'node:fs';
import { NoUserIds, userIds as hostUserIds } from '../process/identity.ts';
import type { Right } from './right.ts';

/** What is read of a machine; a test gives folders of its own. */
export interface MachineFiles {
  readonly limits: string;
  readonly userIds: string;
}
export const MACHINE_FILES: MachineFiles = { limits: '/proc/self/limits', userIds: '/proc/self/uid_map' };

/** HAProxy takes 4,000 connections, each with two sockets, and asks for some more for itself. */
const NEEDED_FILES = 8192;
/** Below it PostgreSQL does not start: it keeps 58 for itself, and each of its sockets and logs is one. */
const LEAST_FILES = 128;

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

/** Hosts run as users that nobody else is; a container's map of user ids may have too few for that. */
export function userIds(file: string): Right {
  try {
    hostUserIds(1, readFileSync(file, 'utf8'));
    return { name: 'user ids', state: 'ok', found: 'each host can have a user id for itself', mend: null };
  } catch (error) {
    if (!(error instanceof NoUserIds)) throw error;
    return { name: 'user ids', state: 'missing', found: error.why, mend: error.do };
  }
}

/** Variables that send what a program fetches through a proxy. Their values may hold a password: names only. */
export function proxy(environment: Readonly<Record<string, string | undefined>>): Right {
  const names = Object.keys(environment).filter((name) => PROXY.test(name) && environment[name]);
  if (names.length === 0) return { name: 'proxy', state: 'ok', found: 'no proxy variables are set', mend: null };
  const found = `${[...new Set(names.map((name) => name.toLowerCase()))].sort().join(', ')}: used to install, not for load`;
  return { name: 'proxy', state: 'ok', found, mend: null };
}
