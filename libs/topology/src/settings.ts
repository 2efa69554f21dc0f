import { Problem } from '@loadstair/kit';
import { CACHE_NUMBERS, CACHE_WORDS } from './cache.ts';
import { connectionProblem } from './connections.ts';
import { changeTier } from './evolve.ts';
import { FAULT_NAMES, FAULTS, withFault } from './faults.ts';
import { nearMiss } from './near-miss.ts';
import { placesOfTier } from './places.ts';
import { groupsQueriedBy, isReplica, isReplicated } from './replication.ts';
import {
  BIGGEST,
  MAX_DISTANCE_MS,
  MAX_HOSTS_OF_TIER,
  MAX_LIKES,
  MAX_MAXCONN,
  MAX_POOL,
  MAX_REPLAY_DELAY_MS,
  MAX_TTL_S,
  SMALLEST,
  smallestMemory,
} from './sizes.ts';
import {
  CONSISTENCIES,
  KEEPS,
  STICKIES,
  type ComponentKind,
  type Consistency,
  type Keep,
  type Sticky,
  type Tier,
  type Topology,
} from './topology.ts';
import { validate } from './validate.ts';

/** A `--set` that cannot be applied; says what is allowed. Exit status 2. */
export class SettingError extends Problem {
  constructor(what: string, why: string, advice: string) {
    super({ what, why, do: advice, code: 'E_SETTING', exit: 2 });
  }
}

interface KeyOf<Value> {
  /** Component that must run on the tier; null is any tier. */
  readonly needs: ComponentKind | null;
  /** Whether a tier of a topology has it; every tier with the component unless told. */
  readonly has?: (topology: Topology, tier: Tier) => boolean;
  readonly meaning: string;
  /** Whether components take it while they run. */
  readonly live?: true;
  readonly apply: (tier: Tier, value: Value) => Tier;
}

interface NumberKey extends KeyOf<number> {
  readonly unit: string | null;
  readonly whole: boolean;
  readonly low: number;
  readonly high: number;
}

interface WordKey extends KeyOf<string> {
  readonly words: readonly string[];
}

type Key = NumberKey | WordKey;

/** How small a host may be depends on what runs on it. */
const MEMORY: NumberKey = {
  unit: 'MiB',
  whole: true,
  low: SMALLEST.memoryMiB,
  high: BIGGEST.memoryMiB,
  needs: null,
  meaning: 'MiB of one host',
  apply: (tier, memoryMiB) => ({ ...tier, memoryMiB }),
};

/** What `--set <tier>.<key>=<value>` may change for one run. */
const NUMBERS: Readonly<Record<string, NumberKey>> = {
  count: {
    unit: null,
    whole: true,
    low: 1,
    high: MAX_HOSTS_OF_TIER,
    needs: null,
    meaning: 'hosts of the tier',
    apply: (tier, count) => ({ ...tier, count }),
  },
  cpu: {
    unit: null,
    whole: false,
    low: SMALLEST.cpu,
    high: BIGGEST.cpu,
    needs: null,
    meaning: 'lab CPUs of one host',
    apply: (tier, cpu) => ({ ...tier, cpu }),
  },
  memory: MEMORY,
  distance: {
    unit: 'ms',
    whole: false,
    low: 0,
    high: MAX_DISTANCE_MS,
    needs: null,
    meaning: 'ms added to each round trip from its clients, emulated',
    apply: (tier, distanceMs) => ({ ...tier, distanceMs }),
  },
  pool: {
    unit: null,
    whole: true,
    low: 1,
    high: MAX_POOL,
    needs: 'site',
    meaning: 'database connections of one site process',
    apply: (tier, pool) => ({ ...tier, settings: { ...tier.settings, pool } }),
  },
  maxconn: {
    unit: null,
    whole: true,
    low: 1,
    high: MAX_MAXCONN,
    needs: 'haproxy',
    meaning: 'requests in flight from the balancer to one web server',
    apply: (tier, maxconn) => ({ ...tier, settings: { ...tier.settings, maxconn } }),
  },
  sync: {
    unit: null,
    whole: true,
    low: 0,
    high: MAX_HOSTS_OF_TIER,
    needs: 'postgres',
    has: isReplicated,
    meaning: 'replicas that must have a commit on disk before it is answered; 0 is asynchronous',
    apply: (tier, sync) => ({ ...tier, settings: { ...tier.settings, sync } }),
  },
  delay: {
    unit: 'ms',
    whole: true,
    low: 0,
    high: MAX_REPLAY_DELAY_MS,
    needs: 'postgres',
    has: isReplica,
    meaning: 'ms that replicas replay later than they could',
    apply: (tier, delay) => ({ ...tier, settings: { ...tier.settings, delay } }),
  },
  ttl: {
    live: true,
    unit: 's',
    whole: true,
    low: 1,
    high: MAX_TTL_S,
    needs: 'varnish',
    meaning: 's for which the site says that edges may keep its files',
    apply: (tier, ttl) => ({ ...tier, settings: { ...tier.settings, ttl } }),
  },
  likes: {
    live: true,
    unit: null,
    whole: true,
    low: 0,
    high: MAX_LIKES,
    needs: 'varnish',
    meaning: 'likes from which on a photo is fetched through the edges',
    apply: (tier, likes) => ({ ...tier, settings: { ...tier.settings, likes } }),
  },
  ...Object.fromEntries(
    FAULT_NAMES.map((name) => [
      name,
      {
        ...FAULTS[name],
        // A replica's rows are locked by whoever reads only: what holds writes up stands on the primary.
        ...(name === 'lock' ? { has: (topology: Topology, tier: Tier): boolean => !isReplica(topology, tier) } : {}),
        apply: (tier: Tier, value: number): Tier => withFault(tier, name, value),
      },
    ]),
  ),
};

const WORDS: Readonly<Record<string, WordKey>> = {
  consistency: {
    words: CONSISTENCIES,
    needs: 'site',
    has: (topology, tier) => groupsQueriedBy(topology, tier.name).some(({ followers }) => followers.length > 0),
    meaning: 'what a user reads after a write of the own',
    apply: (tier, word) => ({ ...tier, settings: { ...tier.settings, consistency: word as Consistency } }),
  },
  sticky: {
    words: STICKIES,
    needs: 'haproxy',
    meaning: 'what keeps the requests of a user at one web server',
    apply: (tier, word) => ({ ...tier, settings: { ...tier.settings, sticky: word as Sticky } }),
  },
  keep: {
    words: KEEPS,
    needs: 'varnish',
    meaning: 'the request for a file from which on an edge keeps it',
    apply: (tier, word) => ({ ...tier, settings: { ...tier.settings, keep: word as Keep } }),
  },
  down: {
    // Those of its tier (keysOf).
    words: [],
    needs: 'varnish',
    meaning: 'fault: place in which edges answer no client',
    apply: (tier, word) => ({ ...tier, settings: { ...tier.settings, down: word } }),
  },
};

const CACHE: readonly (readonly [string, Key])[] = Object.entries({ ...CACHE_NUMBERS, ...CACHE_WORDS }).map(([name, key]) => [
  name,
  {
    ...key,
    needs: 'redis',
    live: true,
    apply: (tier: Tier, value: number | string): Tier => ({ ...tier, settings: { ...tier.settings, [name]: value } }),
  },
]);

/** What a tier of a topology may be set to. */
export function keysOf(topology: Topology, tier: Tier): readonly (readonly [string, Key])[] {
  const memory: Key = { ...MEMORY, low: smallestMemory(tier.components) };
  const down: Key = { ...(WORDS['down'] as WordKey), words: placesOfTier(topology, tier) };
  return [...Object.entries<Key>({ ...NUMBERS, memory, ...WORDS, down }), ...CACHE].filter(
    ([, key]) => (key.needs === null || tier.components.includes(key.needs)) && (key.has === undefined || key.has(topology, tier)),
  );
}

/**
 * A topology changed for one run.
 *
 * @param settings texts like `web.count=3`, `db.memory=512MiB`, `db.distance=10`
 * @throws SettingError when a tier, key, unit or value is not allowed
 */
export function applySettings(topology: Topology, settings: readonly string[]): Topology {
  const changed = settings.reduce((current, setting) => applyOne(current, setting), topology);
  const problem = validate(changed)[0];
  const connections = connectionProblem(changed.tiers.map((tier) => ({ tier, count: tier.count })));
  const advice = connections === null || connections.problem !== problem ? './lab run --help' : `--set ${connections.set}`;
  if (problem !== undefined) throw new SettingError('The settings do not fit together.', problem, advice);
  return changed;
}

/** The same for a site that runs: only what its components take then. */
export function applyLive(topology: Topology, settings: readonly string[]): Topology {
  for (const setting of settings) {
    const [tierName = '', keyName = ''] = setting.split(/[.=]/);
    const tier = topology.tiers.find((one) => one.name === tierName);
    const live = tier === undefined ? [] : keysOf(topology, tier).filter(([, key]) => key.live === true);
    if (tier !== undefined && live.every(([name]) => name !== keyName))
      throw new SettingError(
        `${tierName}.${keyName} cannot be changed while the site runs.`,
        live.length === 0
          ? `tier ${tierName} takes nothing while it runs`
          : `tier ${tierName} takes ${live.map(([name]) => name).join(', ')}`,
        `./lab run ${topology.stage} --set ${setting}`,
      );
  }
  return applySettings(topology, settings);
}

/** What a topology has for everything that may be changed while it runs, as settings. */
export function liveSettings(topology: Topology): string[] {
  return topology.tiers.flatMap((tier) =>
    keysOf(topology, tier).flatMap(([name, key]) => {
      const value = tier.settings[name as keyof Tier['settings']];
      return key.live === true && value !== undefined ? [`${tier.name}.${name}=${value}`] : [];
    }),
  );
}

function applyOne(topology: Topology, setting: string): Topology {
  const match = /^([^.=\s]+)\.([^.=\s]+)=(\S+)$/.exec(setting);
  if (match === null) {
    throw new SettingError(`--set ${setting} is not of the form tier.key=value.`, 'for example web.count=3', './lab run --help');
  }
  const [, tierName, keyName, text] = match as unknown as [string, string, string, string];
  const tier = topology.tiers.find((one) => one.name === tierName);
  const tierNames = topology.tiers.map((one) => one.name);
  if (tier === undefined) throw unknown('tier', tierName, tierNames, `stage ${topology.stage} has ${tierNames.join(', ')}`, setting);
  const keys = keysOf(topology, tier);
  const key = keys.find(([name]) => name === keyName)?.[1];
  if (key === undefined) {
    const names = keys.map(([name]) => name);
    throw unknown('key', keyName, names, `tier ${tierName} has ${names.join(', ')}`, setting);
  }
  if ('words' in key) return changeTier(tierName, (one) => key.apply(one, wordOf(key, text, setting, `${tierName}.${keyName}`)))(topology);
  const number = /^(-?\d+(?:\.\d+)?)([A-Za-z%]*)$/.exec(text);
  const unit = number?.[2] ?? '';
  if (number === null || (unit !== '' && unit !== key.unit)) {
    throw new SettingError(
      `--set ${setting}: ${text} is not a number${key.unit === null ? '' : ` of ${key.unit}`}.`,
      `${keyName} is ${key.meaning}: ${rangeOf(key)}`,
      `--set ${tierName}.${keyName}=${key.low}`,
    );
  }
  const value = Number(number[1]);
  if (value < key.low || value > key.high || (key.whole && !Number.isInteger(value))) {
    throw new SettingError(
      `--set ${setting} is not allowed.`,
      `${keyName} is ${key.meaning}: ${rangeOf(key)}${value > key.high && keyName in { cpu: 1, memory: 1 } ? ', the biggest host of the catalogue' : ''}`,
      value > key.high ? `--set ${tierName}.${keyName}=${key.high}` : `--set ${tierName}.${keyName}=${key.low}`,
    );
  }
  return changeTier(tierName, (one) => key.apply(one, value))(topology);
}

function wordOf({ words, meaning }: WordKey, text: string, setting: string, name: string): string {
  if (words.includes(text)) return text;
  throw new SettingError(
    `--set ${setting} is not allowed.`,
    `${name} is ${meaning}: ${words.join(', ')}`,
    `--set ${name}=${nearMiss(text, words) ?? words[0]}`,
  );
}

function rangeOf(key: NumberKey): string {
  return `${key.whole ? 'a whole number from ' : ''}${key.low} to ${key.high}${key.unit === null ? '' : ` ${key.unit}`}`;
}

function unknown(kind: string, typed: string, known: readonly string[], why: string, setting: string): SettingError {
  const near = nearMiss(typed, known);
  return new SettingError(
    `--set ${setting}: unknown ${kind} ${typed}.`,
    why,
    near === null ? './lab run --help' : `--set ${setting.replace(typed, near)}`,
  );
}
