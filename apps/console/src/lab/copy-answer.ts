import type { Sent } from '@loadstair/lab-api/client';
import { NO_SERVER } from './copy.ts';
import { LabError } from './lab-error.ts';
import { readCopy } from './read-copy.ts';

/** Operations of the guided labs that need no server; the knowledge test is one that is read alone. */
const OF_A_DESK = /^\/api\/labs(?!\/(?:test|learners)\b)/;

/** What a copy without a server answers. Throws LabError. */
export async function copyAnswer(sent: Sent, signal?: AbortSignal): Promise<unknown> {
  if (OF_A_DESK.test(sent.address)) {
    // Every lab with all its questions: much, and for these pages alone.
    const { labAnswer } = await import('../copy/lab-desk.ts');
    return labAnswer(sent);
  }
  if (sent.method !== 'GET') throw new LabError(NO_SERVER);
  return readCopy(sent.address, signal);
}
