import type { Components } from './declared.ts';
import { keysOf, type Key } from './settings.ts';
import type { SettingValue, Topology } from './topology.ts';

/** A setting of a tier, as a person reads it before typing `--set tier.key=value`. */
export interface SettingRow {
  readonly tier: string;
  readonly key: string;
  readonly meaning: string;
  readonly takes:
    | { readonly kind: 'number'; readonly low: number; readonly high: number; readonly unit: string | null; readonly whole: boolean }
    | { readonly kind: 'word'; readonly words: readonly string[] };
  /** What it is when nothing is typed; null where it is off, or follows from something else. */
  readonly value: SettingValue | null;
  /** Whether a site takes it while it runs. */
  readonly live: boolean;
}

/** Every setting of a topology, tier by tier. */
export function settingRows(topology: Topology, components: Components): SettingRow[] {
  return topology.tiers.flatMap((tier) =>
    keysOf(topology, tier, components).map(([key, setting]) => ({
      tier: tier.name,
      key,
      meaning: setting.meaning,
      takes: takesOf(setting),
      value: setting.read(tier),
      live: setting.live === true,
    })),
  );
}

function takesOf(key: Key): SettingRow['takes'] {
  if ('words' in key) return { kind: 'word', words: key.words };
  const { low, high, unit, whole } = key;
  return { kind: 'number', low, high, unit, whole };
}
