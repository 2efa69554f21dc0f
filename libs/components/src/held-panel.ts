import { max, METRICS, select, sum } from '@loadstair/telemetry';
import type { ComponentPanels } from './panel.ts';

/**
 * Places in use against places there are: the fullest host speaks for its tier, and everybody who waits counts.
 *
 * @param resource kind of the resource, as it is read
 * @param what its places are, as the beginning of a sentence
 */
export function heldPanel(resource: string, what: string, word: string = resource): NonNullable<ComponentPanels['limits']>[string] {
  return ({ tier }) => ({
    title: `${tier} ${word}`,
    description: `${what} of ${tier}: in use on the fullest host, limit of one host, and requests that wait. If all are in use and requests wait, this is a limit only if each is held no longer than before; otherwise the tier behind is slow.`,
    unit: 'short',
    queries: [
      { expr: max(select(METRICS.inUse, { tier, resource })), legend: 'in use', every: 1 },
      { expr: max(select(METRICS.limit, { tier, resource })), legend: 'limit', every: 1, colour: 'limit' },
      { expr: sum(select(METRICS.waiting, { tier, resource })), legend: 'waiting', every: 1, colour: 'second' },
    ],
  });
}
