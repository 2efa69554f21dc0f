import { basename, dirname } from 'node:path';
import { Router } from 'express';
import { pictureFile } from '@loadstair/stages';

/** Nothing of a drawing is run or fetched, wherever it is opened. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The drawings that guides show: `/pictures/5/read-through.svg`. */
export function pictures(): Router {
  const router = Router();
  router.get('/:stage/:name', ({ params: { stage, name } }, response, next) => {
    const file = pictureFile(Number(stage), name);
    if (file === null) return next();
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' }).sendFile(basename(file), { root: dirname(file) });
  });
  return router;
}
