import { readFileSync } from 'node:fs';
import { declarations } from '@loadstair/components/declarations';
import { NoUserIds, userIds as hostUserIds } from '../process/identity.ts';
import type { Right } from './right.ts';

/** What is read of a machine; a test gives folders of its own. */
export interface MachineFiles {
  readonly limits: string;
  readonly userIds: string;
}
export const MACHINE_FILES: MachineFiles = { limits: '/proc/self/limits', userIds: '/proc/self/uid_map' };

const PROXY = /^(https?|all)_proxy$/i;

/**
 * Hard limit: Node raises its own to it, and everything the lab starts inherits that. It is missing where no component could start.
 */
export function openFiles(file: string): Right {
  const text = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 'unlimited';
  const limit = text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
  const needs = [...declarations.values()].toSorted((a, b) => b.openFiles.least - a.openFiles.least);
  const lacking = needs.filter(({ openFiles: { least } }) => limit < least);
  const [most] = lacking;
  if (most === undefined) return { name: 'open files', state: 'ok', found: `${text} for each program`, mend: null };
  const { least } = most.openFiles;
  return {
    name: 'open files',
    state: lacking.length === needs.length ? 'missing' : 'warn',
    found: `${most.title} needs ${least}; each program may open ${text}`,
    mend: `raise the hard limit: ulimit -n ${least}, or LimitNOFILE=${least}`,
  };
}

/** Hosts run as users that nobody else is; a container's map of user ids may have too few for that. */
export function userIds(file: string): Right {
  try {
    hostUserIds(1, readFileSync(file, 'utf8'));
    return { name: 'user ids', state: 'ok', found: 'each host can have its own user id', mend: null };
  } catch (error) {
    if (!(error instanceof NoUserIds)) throw error;
    return { name: 'user ids', state: 'missing', found: error.why, mend: error.do };
  }
}

/** Variables that send what a program fetches through a proxy. Their values may hold a password: names only. */
export function proxy(environment: Readonly<Record<string, string | undefined>>): Right {
  const names = Object.keys(environment).filter((name) => PROXY.test(name) && environment[name]);
  if (names.length === 0) return { name: 'proxy', state: 'ok', found: 'no proxy variables are set', mend: null };
  const found = `${[...new Set(names.map((name) => name.toLowerCase()))].sort().join(', ')}: used for installing, not for load`;
  return { name: 'proxy', state: 'ok', found, mend: null };
}
