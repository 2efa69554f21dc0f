import { AT_LIMIT } from '@loadstair/resources';
import { percent } from '@loadstair/analysis';
import type { HostReading } from './host-reading.ts';

/** A host of a tier whose chips have no names. */
export interface ChipHost {
  readonly host: string;
  readonly reading: HostReading;
  /** A verdict named it. */
  readonly named: boolean;
}

/**
 * What has to be said in words below the chips of a tier: hosts that were named, are not up, or are at their limit; where there is
 * none, the one that uses most.
 *
 * @param most lines there is room for; the last one counts those that have none
 */
export function footLines(hosts: readonly ChipHost[], most: number): readonly string[] {
  const cpuOf = ({ reading }: ChipHost): number => reading.cpu ?? 0;
  const byUse = hosts.toSorted((a, b) => cpuOf(b) - cpuOf(a));
  const named = byUse.filter((one) => one.named);
  const away = hosts.filter((one) => !one.named && one.reading.state !== 'up');
  const full = byUse.filter((one) => !one.named && one.reading.state === 'up' && cpuOf(one) >= AT_LIMIT);
  const lines = [
    ...named.map(({ host, reading }) => `▲ ${host} ${reading.cpuWords}`),
    ...away.map(({ host, reading }) => `${STATE_MARKS[reading.state] ?? '–'} ${host} ${reading.state}`),
    ...full.map(({ host, reading }) => `${host} ${reading.cpuWords}`),
  ];
  const [first] = byUse;
  if (lines.length === 0) return first?.reading.cpu == null ? [] : [`most ${first.host} ${percent(first.reading.cpu)}`];
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `+ ${lines.length - most + 1} more`];
}

/** What stands in a chip in place of its number. */
export const STATE_MARKS: Readonly<Record<string, string>> = { down: '✕', starting: '…' };
