import type { RequestRow } from '@loadstair/loadprofiles';

/** Whether a request was not answered, or wrongly. A stale answer is neither: how old an answer may be is the site's choice. */
export function isFailure({ outcome }: Pick<RequestRow, 'outcome'>): boolean {
  return outcome !== 'ok' && outcome !== 'stale';
}
