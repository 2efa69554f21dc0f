import type { LabdClient } from '../labd-client.ts';

/** Where a run can be watched, and later read. */
export function pageLine({ url }: Pick<LabdClient, 'url'>, run: string): string {
  return `console  ${url}/runs/${run}`;
}
