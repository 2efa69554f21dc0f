import { AT_LIMIT } from '@loadstair/resources';
import { heatClass } from '../heat-strip.ts';
import { STATE_MARKS } from './feet.ts';
import type { HostReading } from './host-reading.ts';

/** What stands in the cell of a host. */
export interface HostShown {
  readonly cpu: string;
  readonly other: string;
  /** Filled part of the bar, 0–1. */
  readonly bar: number;
  /** Those of `HOST_CLASSES` that hold. */
  readonly classes: readonly string[];
}

/** Classes that a reading gives a cell or takes from it. */
export const HOST_CLASSES = ['down', 'starting', 'full', 'h0', 'h1', 'h2', 'h3', 'h4'] as const;

/** @param chip a cell with room for one number alone */
export function hostShown(reading: HostReading, chip: boolean): HostShown {
  const { state, cpu } = reading;
  const down = state === 'down';
  const holds = [
    down ? 'down' : '',
    state === 'starting' ? 'starting' : '',
    !down && (cpu ?? 0) >= AT_LIMIT ? 'full' : '',
    chip && !down && cpu !== null ? `h${heatClass(cpu)}` : '',
  ];
  return {
    cpu: chip ? chipWords(reading) : down ? '✕ down' : state === 'up' ? reading.cpuWords : state,
    other: down ? '' : reading.other,
    bar: Math.min(1, down ? 0 : (cpu ?? 0)),
    classes: holds.filter((one) => one !== ''),
  };
}

/** A number without its unit, or a mark: there is room for no more. */
function chipWords({ state, cpu }: HostReading): string {
  return state === 'up' ? (cpu === null ? '' : String(Math.round(100 * cpu))) : (STATE_MARKS[state] ?? '–');
}
