import { Problem } from '@loadstair/kit';
import {
  declaredOf,
  smallestMemory,
  tooManyOf,
  withSettings,
  wordsOf,
  type Components,
  type NumberSetting,
  type WordSetting,
} from './declared.ts';
import { changeTier } from './evolve.ts';
import { nearMiss } from './near-miss.ts';
import { placesOf } from './places.ts';
import { BIGGEST, MAX_DISTANCE_MS, MAX_HOSTS_OF_TIER, SMALLEST } from './sizes.ts';
import type { SettingValue, Tier, Topology } from './topology.ts';
import { validate } from './validate.ts';

/** A `--set` that cannot be applied; says what is allowed. Exit status 2. */
export class SettingError extends Problem {
  constructor(what: string, why: string, advice: string) {
    super({ what, why, do: advice, code: 'E_SETTING', exit: 2 });
  }
}

/** What a tier may be set to, and how a tier that is looks. */
export type Key = (NumberSetting | (WordSetting & { readonly words: readonly string[] })) & {
  readonly apply: (tier: Tier, value: SettingValue) => Tier;
  /** What the tier has; null where nothing is set and nothing is declared for that. */
  readonly read: (tier: Tier) => SettingValue | null;
};

/** What every tier has, whatever runs on it. */
function keysOfHosts(topology: Topology, { components: kinds }: Tier, components: Components): Readonly<Record<string, Key>> {
  return {
    count: {
      unit: null,
      whole: true,
      low: 1,
      high: MAX_HOSTS_OF_TIER,
      meaning: 'number of hosts in the tier',
      apply: (tier, count) => ({ ...tier, count: Number(count) }),
      read: ({ count }) => count,
    },
    cpu: {
      unit: null,
      whole: false,
      low: SMALLEST.cpu,
      high: BIGGEST.cpu,
      meaning: 'CPU budget of each host, in lab CPUs',
      apply: (tier, cpu) => ({ ...tier, cpu: Number(cpu) }),
      read: ({ cpu }) => cpu,
    },
    memory: {
      unit: 'MiB',
      whole: true,
      // How small a host may be depends on what runs on it.
      low: Math.max(SMALLEST.memoryMiB, smallestMemory(kinds, components)),
      high: BIGGEST.memoryMiB,
      meaning: 'memory limit of each host',
      apply: (tier, memoryMiB) => ({ ...tier, memoryMiB: Number(memoryMiB) }),
      read: ({ memoryMiB }) => memoryMiB,
    },
    distance: {
      unit: 'ms',
      whole: false,
      low: 0,
      high: MAX_DISTANCE_MS,
      meaning: 'emulated time added to each round trip between the tier and its clients',
      apply: (tier, distanceMs) => ({ ...tier, distanceMs: Number(distanceMs) }),
      // Between places, the distance is theirs.
      read: ({ distanceMs }) => distanceMs ?? (placesOf(topology).length === 1 ? 0 : null),
    },
  };
}

/** What a tier of a topology may be set to: what every tier has, then what its components declare. */
export function keysOf(topology: Topology, tier: Tier, components: Components): readonly (readonly [string, Key])[] {
  const ofComponents = tier.components.flatMap((kind) =>
    Object.entries(declaredOf(components, kind).settings)
      .filter(([, setting]) => setting.has === undefined || setting.has(topology, tier))
      .map(([name, setting]): readonly [string, Key] => [
        name,
        {
          ...('words' in setting ? { ...setting, words: wordsOf(setting, topology, tier) } : setting),
          apply: (changed, value) => withSettings(changed, kind, { [name]: value }),
          read: ({ settings }) => settings[kind]?.[name] ?? setting.default ?? null,
        },
      ]),
  );
  return [...Object.entries(keysOfHosts(topology, tier, components)), ...ofComponents];
}

/**
 * A topology changed for one run.
 *
 * @param settings texts like `web.count=3`, `db.memory=512MiB`, `db.distance=10`
 * @throws SettingError when a tier, key, unit or value is not allowed
 */
export function applySettings(topology: Topology, settings: readonly string[], components: Components): Topology {
  const changed = settings.reduce((current, setting) => applyOne(current, setting, components), topology);
  const problem = validate(changed, components)[0];
  const tooMany = tooManyOf(
    changed.tiers.map((tier) => ({ tier, count: tier.count })),
    components,
  );
  const advice = tooMany === null || tooMany.why !== problem ? settingsCommand(topology) : `--set ${tooMany.set}`;
  if (problem !== undefined) throw new SettingError('The settings do not fit together.', problem, advice);
  return changed;
}

/** The same for a site that runs: only what its components take then. */
export function applyLive(topology: Topology, settings: readonly string[], components: Components): Topology {
  for (const setting of settings) {
    const [tierName = '', keyName = ''] = setting.split(/[.=]/);
    const tier = topology.tiers.find((one) => one.name === tierName);
    const live = tier === undefined ? [] : keysOf(topology, tier, components).filter(([, key]) => key.live === true);
    if (tier !== undefined && live.every(([name]) => name !== keyName))
      throw new SettingError(
        `${tierName}.${keyName} cannot be changed while the site runs.`,
        live.length === 0
          ? `tier ${tierName} has no settings that can be changed while it runs`
          : `tier ${tierName} can change ${live.map(([name]) => name).join(', ')} while it runs`,
        `./lab run ${topology.stage} --set ${setting}`,
      );
  }
  return applySettings(topology, settings, components);
}

/** What a topology has for everything that may be changed while it runs, as settings. */
export function liveSettings(topology: Topology, components: Components): string[] {
  return topology.tiers.flatMap((tier) =>
    tier.components.flatMap((kind) =>
      Object.entries(declaredOf(components, kind).settings).flatMap(([name, setting]) => {
        const value = tier.settings[kind]?.[name];
        return setting.live === true && value !== undefined ? [`${tier.name}.${name}=${value}`] : [];
      }),
    ),
  );
}

function applyOne(topology: Topology, setting: string, components: Components): Topology {
  const match = /^([^.=\s]+)\.([^.=\s]+)=(\S+)$/.exec(setting);
  if (match === null) {
    throw new SettingError(
      `--set ${setting} is not of the form tier.key=value.`,
      `for example ${topology.tiers[0]?.name}.count=3`,
      settingsCommand(topology),
    );
  }
  const [, tierName, keyName, text] = match as unknown as [string, string, string, string];
  const tier = topology.tiers.find((one) => one.name === tierName);
  const tierNames = topology.tiers.map((one) => one.name);
  if (tier === undefined)
    throw unknown(topology, 'tier', tierName, tierNames, `stage ${topology.stage} has ${tierNames.join(', ')}`, setting);
  const keys = keysOf(topology, tier, components);
  const key = keys.find(([name]) => name === keyName)?.[1];
  if (key === undefined) {
    const names = keys.map(([name]) => name);
    throw unknown(topology, 'key', keyName, names, `tier ${tierName} has ${names.join(', ')}`, setting);
  }
  if ('words' in key) return changeTier(tierName, (one) => key.apply(one, wordOf(key, text, setting, `${tierName}.${keyName}`)))(topology);
  const number = /^(-?\d+(?:\.\d+)?)([A-Za-z%]*)$/.exec(text);
  const unit = number?.[2] ?? '';
  if (number === null || (unit !== '' && unit !== key.unit)) {
    throw new SettingError(
      `--set ${setting}: ${text} is not a number${key.unit === null ? '' : ` in ${key.unit}`}.`,
      `${keyName} (${key.meaning}) must be ${rangeOf(key)}`,
      `--set ${tierName}.${keyName}=${key.low}`,
    );
  }
  const value = Number(number[1]);
  if (value < key.low || value > key.high || (key.whole && !Number.isInteger(value))) {
    throw new SettingError(
      `--set ${setting} is not allowed.`,
      `${keyName} (${key.meaning}) must be ${rangeOf(key)}${value > key.high && keyName in { cpu: 1, memory: 1 } ? ', the biggest host on offer' : ''}`,
      value > key.high ? `--set ${tierName}.${keyName}=${key.high}` : `--set ${tierName}.${keyName}=${key.low}`,
    );
  }
  return changeTier(tierName, (one) => key.apply(one, value))(topology);
}

function wordOf({ words, meaning }: Extract<Key, WordSetting>, text: string, setting: string, name: string): string {
  if (words.includes(text)) return text;
  throw new SettingError(
    `--set ${setting} is not allowed.`,
    `${name} (${meaning}) must be one of ${words.join(', ')}`,
    `--set ${name}=${nearMiss(text, words) ?? words[0]}`,
  );
}

function rangeOf(key: NumberSetting): string {
  return `${key.whole ? 'a whole number from ' : ''}${key.low} to ${key.high}${key.unit === null ? '' : ` ${key.unit}`}`;
}

/** Lists what the sites of its stage may be set to. */
function settingsCommand({ stage }: Topology): string {
  return `./lab settings ${stage}`;
}

function unknown(topology: Topology, kind: string, typed: string, known: readonly string[], why: string, setting: string): SettingError {
  const near = nearMiss(typed, known);
  return new SettingError(
    `--set ${setting}: unknown ${kind} ${typed}.`,
    why,
    near === null ? settingsCommand(topology) : `--set ${setting.replace(typed, near)}`,
  );
}
