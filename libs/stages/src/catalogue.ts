import { declarations } from '@loadstair/components/declarations';
import { Problem, wrapped } from '@loadstair/kit';
import { diff, diffLines, settingEntries, type Tier, type Topology } from '@loadstair/topology';
import { singleServer } from './01-single-server/stage.ts';
import { separateDatabase } from './02-separate-database/stage.ts';
import { loadBalancer } from './03-load-balancer/stage.ts';
import { replication } from './04-replication/stage.ts';
import { cache } from './05-cache/stage.ts';
import { cdn } from './06-cdn/stage.ts';
import type { Stage } from './stage.ts';

const catalogue: Stage[] = [singleServer, separateDatabase, loadBalancer, replication, cache, cdn];

/** The stages that run, in order; stage N stands at N − 1. */
export const stages: readonly Stage[] = catalogue;

/**
 * Makes a stage known that has no folder here, such as a fixture's, until what this gives is called.
 *
 * @throws Error where it is not the one after the last
 */
export function registerStage(stage: Stage): () => void {
  const { stage: number } = stage.topology;
  if (number !== catalogue.length + 1) throw new Error(`The stage after the last is ${catalogue.length + 1}, not ${number}.`);
  catalogue.push(stage);
  return () => void catalogue.splice(catalogue.indexOf(stage), 1);
}

/** Exit status 2. */
export class UnknownStage extends Problem {
  constructor(stage: number | string) {
    super({ what: `Unknown stage ${stage}.`, why: `stages are 1–${stages.length}`, do: './lab stages', code: 'E_UNKNOWN_STAGE', exit: 2 });
  }
}

export function stageByNumber(number: number): Stage {
  const stage = stages.find(({ topology }) => topology.stage === number);
  if (stage === undefined) throw new UnknownStage(number);
  return stage;
}

/** All stages, a line each. */
export function stageListLines(): string[] {
  return stages.map(({ topology }) => {
    const hosts = topology.tiers.reduce((sum, tier) => sum + tier.count, 0);
    const tiers = topology.tiers.map((tier) => (tier.count === 1 ? tier.name : `${tier.name} ×${tier.count}`));
    const head = `${String(topology.stage).padStart(2)}  ${topology.slug.padEnd(18)}  ${hosts === 1 ? '1 host ' : `${hosts} hosts`}  `;
    return head + chainOf(tiers, COLUMNS - head.length);
  });
}

/** Tiers in data-flow order; where there are too many for the width, those next to last are left out. */
function chainOf(tiers: readonly string[], width: number): string {
  const whole = tiers.join(' → ');
  if (whole.length <= width) return whole;
  const shortest = tiers.join('→');
  if (shortest.length <= width) return shortest;
  for (let kept = tiers.length - 2; kept > 0; kept -= 1) {
    const shown = [...tiers.slice(0, kept), '…', tiers.at(-1)].join('→');
    if (shown.length <= width) return shown;
  }
  return `${tiers[0]}→…`;
}

/** One stage: its hosts, sizes and links, what changed and why. */
export function stageLines({ topology, story, profile }: Stage): string[] {
  const previous = stages[stages.findIndex((one) => one.topology === topology) - 1];
  return [
    `${topology.stage} ${topology.slug}`,
    '',
    ...wrapped(story.changed, SENTENCE_COLUMNS),
    ...wrapped(story.why, SENTENCE_COLUMNS),
    ...wrapped(story.shows, SENTENCE_COLUMNS),
    '',
    ...tierLines(topology),
    '',
    ...topology.links.map((link) => `  ${link.from} → ${link.to}   ${link.role}`),
    ...(previous === undefined
      ? []
      : ['', 'changed since the stage before', ...diffLines(diff(previous.topology, topology, declarations)).slice(1)]),
    '',
    `profile  ${profile}      ./lab run ${topology.stage}`,
  ];
}

const COLUMNS = 80;
/** With room for an indent. */
const SENTENCE_COLUMNS = 76;
const TIER = 12;

/** A table of the tiers: how many hosts, how big, what runs on them. */
export function tierLines({ tiers }: Topology): string[] {
  return [
    `  ${'tier'.padEnd(TIER)}${'hosts'.padEnd(7)}${'lab CPUs'.padEnd(10)}${'memory'.padEnd(10)}${'runs'.padEnd(18)}address`,
    ...tiers.flatMap(tierLine),
  ];
}

/** A line, and what is set on the tier on one of its own where both do not fit. */
function tierLine(tier: Tier): string[] {
  const settings = settingEntries(tier).map(([key, value]) => `${key} ${value}`);
  const cells = [
    tier.name.padEnd(TIER),
    String(tier.count).padEnd(7),
    String(tier.cpu).padEnd(10),
    `${tier.memoryMiB} MiB`.padEnd(10),
    tier.components.join(' + ').padEnd(18),
    tier.public ? 'public' : 'private',
  ];
  const line = `  ${cells.join('')}`;
  if (settings.length === 0) return [line];
  const whole = `${line}  ${settings.join(', ')}`;
  return whole.length <= COLUMNS ? [whole] : [line, ...wrapped(settings.join(', '), SENTENCE_COLUMNS).map((part) => `    ${part}`)];
}
