import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { writeWholeInNewFolder } from '@loadstair/kit/node';

/** The token lets whoever reads it drive the lab. */
const OWNER_ONLY = 0o600;

/** How clients find the labd of an instance, and the token that lets them change things. Readable by its owner only. */
export interface LabdState {
  readonly pid: number;
  readonly url: string;
  /** Origin of the console in a browser: another one than `url` where a container publishes the port of labd. */
  readonly pages: string;
  readonly token: string;
  readonly startedAt: string;
  /** Stamp of the sources it runs, as its starter gave it; a command from other sources does not use it. */
  readonly sources: string;
}

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Whole or not at all, after a power failure too. Throws DiskRefused. */
export function writeState(file: string, state: LabdState): void {
  writeWholeInNewFolder(file, JSON.stringify(state), { mode: OWNER_ONLY });
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
