import type { ComponentKind, Tier, TierSettings } from './topology.ts';

/**
 * Faults a run can be given: each makes one resource run out in a way no healthy host would. They are part of the topology,
 * so a manifest says them and two runs with different faults are not the same.
 */
export interface Fault {
  readonly unit: string;
  readonly whole: boolean;
  readonly low: number;
  readonly high: number;
  /** Component that carries it. */
  readonly needs: ComponentKind;
  readonly meaning: string;
}

export const FAULTS = {
  block: {
    unit: 'ms',
    whole: true,
    low: 1,
    high: 500,
    needs: 'site',
    meaning: 'fault: ms for which every request stops the event loop, using no CPU',
  },
  churn: {
    unit: 'KiB',
    whole: true,
    low: 1,
    high: 4096,
    needs: 'site',
    meaning: 'fault: KiB of small objects every request replaces in a store in the heap',
  },
  lock: {
    unit: 'ms',
    whole: true,
    low: 1,
    high: 500,
    needs: 'postgres',
    meaning: 'fault: ms for which every like, comment and order holds one row all others need',
  },
  disk: {
    unit: 'KiB',
    whole: true,
    low: 16,
    high: 1_048_576,
    needs: 'postgres',
    meaning: 'fault: KiB a second the host may write to its disk',
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** Faults of a tier, as people read them: `lock 20 ms`. */
export function faultsOf({ settings }: { readonly settings: TierSettings }): string[] {
  return FAULT_NAMES.flatMap((name) => (settings[name] === undefined ? [] : [`${name} ${settings[name]} ${FAULTS[name].unit}`]));
}

/** The keys of `--set` that inject faults. */
export function withFault(tier: Tier, name: FaultName, value: number): Tier {
  return { ...tier, settings: { ...tier.settings, [name]: value } };
}
