import { max, METRICS, select, sum } from '@loadstair/telemetry';
import type { ComponentPanels } from './panel.ts';

/**
 * Places in use against places there are: the fullest host speaks for its tier, and everybody who waits counts.
 *
 * @param resource kind of the resource, as it is read
 * @param what its places are, in words
 */
export function heldPanel(resource: string, what: string, word: string = resource): NonNullable<ComponentPanels['limits']>[string] {
  return ({ tier }) => ({
    title: `${tier} ${word}`,
    description: `Of the ${what} of ${tier}: in use on the fullest host, there on one host, and requests waiting for one. Full and waiting is a limit only if each is held no longer than before; else it waits on what is behind it.`,
    unit: 'short',
    queries: [
      { expr: max(select(METRICS.inUse, { tier, resource })), legend: 'in use', every: 1 },
      { expr: max(select(METRICS.limit, { tier, resource })), legend: 'limit', every: 1, colour: 'limit' },
      { expr: sum(select(METRICS.waiting, { tier, resource })), legend: 'waiting', every: 1, colour: 'second' },
    ],
  });
}
