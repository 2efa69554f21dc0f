import { basename, dirname } from 'node:path';
import type { Response } from 'express';

/** The report of a run as a file that needs no lab; it is saved and not shown, so it never runs at the lab's own address. */
export function sendReport(run: string, file: string, response: Response): void {
  response.download(basename(file), `loadstair-${run}.html`, { root: dirname(file) });
}
