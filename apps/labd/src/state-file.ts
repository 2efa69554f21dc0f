import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** How clients find the labd of an instance, and the token that lets them change things. Readable by its owner only. */
export interface LabdState {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  readonly startedAt: string;
  /** Stamp of the sources it runs, as its starter gave it; a command from other sources does not use it. */
  readonly sources: string;
}

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

export function writeState(file: string, state: LabdState): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  // A power failure must not leave an empty file under the name that clients read.
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(descriptor, JSON.stringify(state));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

/** Removes the state file if it is still ours. */
export function removeState(file: string): void {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as LabdState;
    if (state.pid === process.pid) rmSync(file);
  } catch {
    // Already gone or not ours: nothing to remove.
  }
}
