import { saveFile } from '@loadstair/dashboard-view/save-file';
import { read } from '../lab/client.ts';

/** Saves what a learner did as a file; a plain link could not send the key. Throws LabError. */
export async function saveLog(learner: string): Promise<void> {
  const log = await read(new AbortController().signal, 'GET /api/labs/log', { query: { learner } });
  saveFile(`${learner}.lablog.json`, 'application/json', `${JSON.stringify(log, null, 2)}\n`);
}
