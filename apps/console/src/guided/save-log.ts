import { read } from '../lab/client.ts';

/** Saves what a learner did as a file; a plain link could not send the key. Throws LabError. */
export async function saveLog(learner: string): Promise<void> {
  const log = await read(new AbortController().signal, 'GET /api/labs/log', { query: { learner } });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(log, null, 2)}\n`], { type: 'application/json' }));
  link.download = `${learner}.lablog.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
