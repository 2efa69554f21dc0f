import type { LabdClient } from '@loadstair/lab-client/labd-http';

/** The page of a run. */
export function pageOf({ pages }: Pick<LabdClient, 'pages'>, run: string): string {
  return `${pages}/runs/${run}`;
}

/** Where a run can be watched, and later read. */
export function pageLine(client: Pick<LabdClient, 'pages'>, run: string): string {
  return `console  ${pageOf(client, run)}`;
}
