import type { LabdClient } from '@loadstair/lab-client/labd-http';

/** The page of a run. */
export function pageOf({ url }: Pick<LabdClient, 'url'>, run: string): string {
  return `${url}/runs/${run}`;
}

/** Where a run can be watched, and later read. */
export function pageLine(client: Pick<LabdClient, 'url'>, run: string): string {
  return `console  ${pageOf(client, run)}`;
}
