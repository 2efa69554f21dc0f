import type { SettingValue, Tier, Topology } from './topology.ts';

/** What topologies need to know of a component: libs/components declares it, and every function that asks is handed it. */
export interface DeclaredComponent<Settings extends SettingsDeclaration = SettingsDeclaration> {
  readonly kind: string;
  /** MiB of memory without which no host of it starts. */
  readonly leastMemoryMiB: number;
  readonly settings: Settings;
  /** What is wrong with a topology that has it, beyond values out of range; one sentence each. */
  readonly problems?: (topology: Topology) => readonly string[];
  /** What is wrong with so many hosts of it together, whatever else there is; null when nothing is. */
  readonly tooMany?: (hosts: readonly HostsOfTier[], components: Components) => TooMany | null;
  /** Connections that one server of it takes at most. */
  readonly mostConnections?: number;
}

/** Some hosts of one tier. */
export interface HostsOfTier {
  readonly tier: Pick<Tier, 'name' | 'settings' | 'components'>;
  readonly count: number;
}

export interface TooMany {
  /** Of the error. */
  readonly code: string;
  /** In a few words. */
  readonly what: string;
  readonly why: string;
  /** What to do, and the setting that does it. */
  readonly advice: string;
  readonly set: string;
}

export type SettingsDeclaration = Readonly<Record<string, Setting>>;
export type Setting = NumberSetting | WordSetting;

interface AnySetting {
  readonly meaning: string;
  /** What the component does where it is not set; absent where it does nothing then, as with a fault. */
  readonly default?: SettingValue;
  /** Whether the component takes it while it runs. */
  readonly live?: true;
  /** Which of the component's tiers have it; all unless told. */
  readonly has?: (topology: Topology, tier: Pick<Tier, 'name'>) => boolean;
}

export interface NumberSetting extends AnySetting {
  readonly unit: string | null;
  readonly whole: boolean;
  readonly low: number;
  readonly high: number;
  /** Makes a resource run out in a way no healthy host would. */
  readonly fault?: true;
  /** Kind of resource that a bigger value is more of. */
  readonly relieves?: string;
}

export interface WordSetting extends AnySetting {
  /** What is allowed; of some it depends on the tier. */
  readonly words: readonly string[] | ((topology: Topology, tier: Tier) => readonly string[]);
  /** A fault: hosts in the place that it names answer no client. */
  readonly silences?: true;
}

/** What may be set of a component, by its declaration. */
export type ValuesOf<Settings extends SettingsDeclaration> = {
  readonly [Key in keyof Settings]?: Settings[Key] extends { readonly words: readonly (infer Word)[] }
    ? Word
    : Settings[Key] extends { readonly words: unknown }
      ? string
      : number;
};

export function wordsOf({ words }: WordSetting, topology: Topology, tier: Tier): readonly string[] {
  return typeof words === 'function' ? words(topology, tier) : words;
}

/** Components by kind. */
export type Components = ReadonlyMap<string, DeclaredComponent>;

/** A topology names a component that nobody declares. */
export class UnknownComponent extends Error {
  constructor(kind: string, known: Iterable<string>) {
    super(`Unknown component ${kind}. Components are ${[...known].join(', ')}.`);
    this.name = 'UnknownComponent';
  }
}

/** @throws UnknownComponent */
export function declaredOf<Declared extends DeclaredComponent>(components: ReadonlyMap<string, Declared>, kind: string): Declared {
  const declared = components.get(kind);
  if (declared === undefined) throw new UnknownComponent(kind, components.keys());
  return declared;
}

/** What is set for a component on the hosts of a tier. Values are of its declaration, because nothing else passes `validate`. */
export function settingsOf<Settings extends SettingsDeclaration>(
  { settings }: Pick<Tier, 'settings'>,
  { kind }: Pick<DeclaredComponent<Settings>, 'kind' | 'settings'>,
): ValuesOf<Settings> {
  return (settings[kind] ?? {}) as ValuesOf<Settings>;
}

/** A tier with some settings of a component changed. */
export function withSettings(tier: Tier, kind: string, values: Readonly<Record<string, SettingValue | undefined>>): Tier {
  const set = Object.fromEntries(Object.entries({ ...tier.settings[kind], ...values }).filter(([, value]) => value !== undefined));
  return { ...tier, settings: { ...tier.settings, [kind]: set as Readonly<Record<string, SettingValue>> } };
}

/** What is set on a tier, in the order it was set. */
export function settingEntries({ settings }: Pick<Tier, 'settings'>): (readonly [key: string, value: SettingValue])[] {
  return Object.values(settings).flatMap((values) => Object.entries(values));
}

/** The smallest memory a host of these components is given, MiB. */
export function smallestMemory(kinds: readonly string[], components: Components): number {
  return kinds.reduce((sum, kind) => sum + declaredOf(components, kind).leastMemoryMiB, 0);
}

/** Faults of a tier's hosts in a place, as people read them: `lock 20 ms`, `down`. */
export function faultsOf(tier: Pick<Tier, 'settings' | 'components'>, place: string, components: Components): string[] {
  return tier.components.flatMap((kind) =>
    Object.entries(declaredOf(components, kind).settings).flatMap(([name, setting]) => {
      const value = tier.settings[kind]?.[name];
      if (value === undefined) return [];
      if ('words' in setting) return setting.silences === true && value === place ? [name] : [];
      return setting.fault === true ? [[name, value, ...(setting.unit === null ? [] : [setting.unit])].join(' ')] : [];
    }),
  );
}

/** What is wrong with so many hosts together; null when nothing is. */
export function tooManyOf(hosts: readonly HostsOfTier[], components: Components): TooMany | null {
  const kinds = new Set(hosts.flatMap(({ tier }) => tier.components));
  for (const kind of kinds) {
    const problem = declaredOf(components, kind).tooMany?.(
      hosts.filter(({ tier }) => tier.components.includes(kind)),
      components,
    );
    if (problem !== undefined && problem !== null) return problem;
  }
  return null;
}
