import type { Request } from 'express';
import { cannot } from './recorded-lab.ts';

/** What can be changed where runs are recorded: the place of learners in labs, and what is played. */
const ALLOWED = [/^\/labs(?:\/|$)/, /^\/runs$/, /^\/runs\/\w+\/stop$/, /^\/experiments$/, /^\/stay$/, /^\/shutdown$/];

/** Throws LabProblem (409) on a request that needs a lab that measures. Its path is that below `/api`. */
export function onlyWhatIsRecorded({ method, path }: Pick<Request, 'method' | 'path'>): void {
  if (method === 'GET' || method === 'HEAD' || ALLOWED.some((allowed) => allowed.test(path))) return;
  throw cannot('this');
}
