import { GATE_LIMITS, type Pair } from '@loadstair/analysis';
import { growth } from '@loadstair/resources';
import type { Samples } from './samples.ts';
import { machineUse } from './use.ts';

/** Of one thing: with what is measured, and without. Hosts are `full-1`, `full-2`, `bare-1`, `bare-2`. */
export const VARIANTS = ['full', 'bare'] as const;
export type Variant = (typeof VARIANTS)[number];

/** One block of load that one host served alone. */
export interface Block {
  readonly variant: Variant;
  readonly host: string;
  /** Null when the block does not count, and why. */
  readonly requestsPerCpuSecond: number | null;
  readonly void: 'busy' | 'failed requests' | 'no samples' | null;
  /** Share of the machine that was idle, and used by others. */
  readonly idle: number;
  readonly outside: number;
}

export interface BlockWindow {
  readonly variant: Variant;
  readonly host: string;
  readonly startMs: number;
  /** After the last arrival of the block was answered, and before the host's next block. */
  readonly endMs: number;
  /** One for each request that was answered. */
  readonly rows: readonly { readonly outcome: string }[];
}

/** Others' use above this share of the machine makes a block void: it moves clocks and caches under one variant only. */
const OUTSIDE_MAX = 0.1;

/**
 * Requests answered for each second of CPU the host used. The host is idle at both ends of the window, so readings that lie
 * up to a quarter of a second away cut nothing off.
 */
export function blockOf(window: BlockWindow, samples: Samples): Block {
  const { variant, host, startMs, endMs, rows } = window;
  const cpu = samples.readings.flatMap((reading) => {
    const found = reading.hosts.find((one) => one.host === host);
    return found === undefined ? [] : [{ atMs: reading.atMs, value: found.cpuSeconds }];
  });
  const cpuSeconds = growth(cpu, startMs, endMs);
  const machine = machineUse(samples, { startMs, endMs, blockS: 1 });
  const quiet = machine.idle >= GATE_LIMITS.idleRefuse && machine.steal <= GATE_LIMITS.steal && machine.outside <= OUTSIDE_MAX;
  // What was not seen was neither idle nor busy.
  const void_ =
    cpuSeconds === null || cpuSeconds <= 0
      ? 'no samples'
      : !quiet
        ? 'busy'
        : rows.length === 0 || rows.some((row) => row.outcome !== 'ok')
          ? 'failed requests'
          : null;
  return {
    variant,
    host,
    requestsPerCpuSecond: void_ === null ? rows.length / (cpuSeconds as number) : null,
    void: void_,
    idle: machine.idle,
    outside: machine.outside,
  };
}

/**
 * Order of blocks: pairs of one host of each variant, ABBA then BAAB, so that each variant comes first as often, and no host
 * serves two blocks in a row.
 *
 * @returns host names, four a round
 */
export function blockOrder(rounds: number): { readonly variant: Variant; readonly host: string }[] {
  const full = [1, 2].map((n) => ({ variant: 'full' as const, host: `full-${n}` }));
  const bare = [1, 2].map((n) => ({ variant: 'bare' as const, host: `bare-${n}` }));
  return Array.from({ length: rounds }, (_, round) => {
    const [a, b] = round % 2 === 0 ? [full, bare] : [bare, full];
    return [a[0], b[0], b[1], a[1]];
  })
    .flat()
    .filter((one) => one !== undefined);
}

/** Neighbours of the order, where both count. */
export function pairsOf(blocks: readonly Block[]): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < blocks.length; i += 2) {
    const two = [blocks[i] as Block, blocks[i + 1] as Block];
    const full = two.find((one) => one.variant === 'full')?.requestsPerCpuSecond ?? null;
    const bare = two.find((one) => one.variant === 'bare')?.requestsPerCpuSecond ?? null;
    if (full !== null && bare !== null) pairs.push({ value: full, against: bare });
  }
  return pairs;
}
