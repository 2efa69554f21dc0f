import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootLinks, disableNew, type Runs } from './boot-links.ts';
import { whatIsThere, writeDown, type Before } from './journal.ts';
import { policyFileBelow, putPolicy, takeAwayPolicy } from './policy-file.ts';

/** In the environment of apt and all it starts: by it they are found when the command that started them is gone. */
export const INSTALLATION_VARIABLE = 'LOADSTAIR_INSTALLATION';

/** What an installation notes before it changes the machine, so that the next command can end what a kill left undone. */
interface Note {
  /** Command that installs: its pid, and when that pid started, since pids come again. */
  readonly pid: number;
  readonly started: string;
  /** What started at boot before. */
  readonly boot: readonly string[];
  /** Packages and users before; left out by an earlier version. */
  readonly before?: Before;
}

/** What was mended of an installation that did not come to its end. */
export interface Mended {
  readonly policy: boolean;
  readonly disabled: readonly string[];
}

const noteBelow = (root: string): string => `${root}/var/lib/loadstair/installation.json`;
const AGAIN_MS = 300;

/** An installation that goes on, or did not come to its end. `by` are pids of what still works on it. */
export type Unfinished = { readonly state: 'in-progress'; readonly by: readonly number[] } | { readonly state: 'interrupted' };

/** Whether packages are being installed for a lab, or were when somebody ended it; null when neither. */
export function unfinishedInstallation(root: string): Unfinished | null {
  const note = readNote(root);
  if (note === null) return null;
  const by = [...(note.pid !== process.pid && startOf(note.pid) === note.started ? [note.pid] : []), ...programsOf(note)];
  return by.length > 0 ? { state: 'in-progress', by } : { state: 'interrupted' };
}

/**
 * Ends what an interrupted installation left undone: waits for its apt, configures what dpkg had unpacked, disables what was
 * enabled at boot, puts the machine's policy file back, and notes in the journal what was installed. Does nothing when there is nothing to do.
 *
 * @param onWait told once when an installation still goes on
 */
export async function mendInstallation(
  root: string,
  run: Runs,
  signal: AbortSignal,
  onWait: (pids: readonly number[]) => void,
): Promise<Mended | null> {
  let told = false;
  for (let found = unfinishedInstallation(root); found?.state === 'in-progress'; found = unfinishedInstallation(root)) {
    if (!told) onWait(found.by);
    told = true;
    await sleep(AGAIN_MS, undefined, { signal });
  }
  const note = readNote(root);
  if (note !== null && dpkgWasInterrupted(root)) {
    putPolicy(policyFileBelow(root));
    await run(['dpkg', '--configure', '-a'], variablesOf(note));
  }
  const disabled = note === null ? [] : await disableNew(root, note.boot, run);
  // Without a note too: an earlier version kept none.
  const policy = takeAwayPolicy(policyFileBelow(root));
  endNote(root, note);
  return note === null && !policy ? null : { policy, disabled };
}

/**
 * Installs packages so that no service of them starts, now or at boot, and notes in the journal what was installed.
 *
 * @param mend ends what another installation left, or waits for it
 * @param work runs apt with these variables in its environment
 * @returns names of services that would have started at boot
 */
export async function withoutServices(
  root: string,
  run: Runs,
  mend: () => Promise<unknown>,
  work: (variables: Readonly<Record<string, string>>) => Promise<void>,
): Promise<string[]> {
  let note = newNote(root);
  // Another lab was quicker.
  for (; !writeNote(root, note); note = newNote(root)) await mend();
  let disabled: string[] = [];
  try {
    putPolicy(policyFileBelow(root));
    await work(variablesOf(note));
  } finally {
    // Also when apt failed: what it had unpacked by then may be enabled.
    disabled = await disableNew(root, note.boot, run);
    takeAwayPolicy(policyFileBelow(root));
    endNote(root, note);
  }
  return disabled;
}

/** dpkg keeps a file here for each step that it did not come to note as done. */
export function dpkgWasInterrupted(root: string): boolean {
  try {
    return readdirSync(`${root}/var/lib/dpkg/updates`).some((name) => /^\d+$/.test(name));
  } catch {
    return false;
  }
}

/** The journal first: a kill between the two writes the same changes down twice, never none. */
function endNote(root: string, note: Note | null): void {
  if (note?.before !== undefined) writeDown(root, note.before);
  rmSync(noteBelow(root), { force: true });
}

const newNote = (root: string): Note => ({
  pid: process.pid,
  started: startOf(process.pid) ?? '',
  boot: bootLinks(root),
  before: whatIsThere(root),
});
const variablesOf = (note: Note): Record<string, string> => ({ [INSTALLATION_VARIABLE]: `${note.pid}-${note.started}` });

/** The note appears whole, and never over that of another installation: then false. */
function writeNote(root: string, note: Note): boolean {
  const file = noteBelow(root);
  const fresh = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(fresh, JSON.stringify(note), { flush: true });
  try {
    linkSync(fresh, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Null where there is none. */
function readNote(root: string): Note | null {
  try {
    return JSON.parse(readFileSync(noteBelow(root), 'utf8')) as Note;
  } catch {
    return null;
  }
}

/** apt and dpkg of this installation. Whatever else carries its name was started by a package and need not end. */
function programsOf(note: Note): number[] {
  const wanted = `${INSTALLATION_VARIABLE}=${variablesOf(note)[INSTALLATION_VARIABLE]}`;
  return readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || !/^(apt-get|dpkg)$/.test(readFileSync(`/proc/${name}/comm`, 'utf8').trim())) return [];
      return readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(wanted) ? [Number(name)] : [];
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return [];
    }
  });
}

/** When a process started, in clock ticks since boot; null when there is none of this pid, or it is dead and not yet collected. */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
