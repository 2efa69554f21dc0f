import { Problem } from '@loadstair/kit';
import type { Topology } from '@loadstair/topology';

/** What hosts cost: lab CPUs and MiB of all of them together. */
export interface HostCost {
  readonly labCpus: number;
  readonly memoryMiB: number;
}

/** A site to be made faster within a budget: any change that the budget allows is a solution. */
export interface Fix {
  /** The site as the learner finds it. */
  readonly topology: Topology;
  /** Step of the same lab whose run measures this site unchanged. */
  readonly measuredIn: string;
  /** The goal, as a multiple of the load at which that run stopped meeting the SLO. */
  readonly factor: number;
  /** What the changed site may cost beyond the unchanged one. */
  readonly budget: HostCost;
  /** The site with settings as for `--set`. Throws SettingError. */
  readonly changed: (set: readonly string[]) => Topology;
  /** `9.80 EUR a month`; null where the lab has no prices. */
  readonly price: ((topology: Topology) => string) | null;
}

/** A change that costs more than the budget allows. Exit status 2. */
export class OverBudget extends Problem {
  constructor(why: string) {
    super({
      what: 'This change costs more than the budget allows.',
      why,
      do: 'make a host smaller, or take one away, and try again',
      code: 'E_LAB_BUDGET',
      exit: 2,
    });
  }
}

/** A change that cannot be tried now. Exit status 2. */
export class NoChange extends Problem {
  constructor(what: string, why: string, advice: string) {
    super({ what, why, do: advice, code: 'E_LAB_CHANGE', exit: 2 });
  }
}

/** Sizes have at most two digits after the point; sums of them must not differ by rounding. */
const ROUNDING = 1e-6;

export function costOf({ tiers }: Topology): HostCost {
  return {
    labCpus: tiers.reduce((sum, { count, cpu }) => sum + count * cpu, 0),
    memoryMiB: tiers.reduce((sum, { count, memoryMiB }) => sum + count * memoryMiB, 0),
  };
}

/**
 * The changed site, when the budget allows it.
 *
 * @param set settings as for `--set`
 * @throws SettingError and OverBudget
 */
export function withinBudget(
  { topology, budget, changed }: Pick<Fix, 'topology' | 'budget' | 'changed'>,
  set: readonly string[],
): Topology {
  const [before, wanted] = [costOf(topology), changed(set)];
  const after = costOf(wanted);
  const over = [
    ...tooMuch('lab CPUs', before.labCpus + budget.labCpus, after.labCpus),
    ...tooMuch('MiB', before.memoryMiB + budget.memoryMiB, after.memoryMiB),
  ];
  if (over.length > 0) throw new OverBudget(over.join('; '));
  return wanted;
}

function tooMuch(unit: string, most: number, wanted: number): string[] {
  return wanted <= most + ROUNDING ? [] : [`the site would have ${plain(wanted)} ${unit}, and may have ${plain(most)}`];
}

/** `Budget: 1 lab CPU and 512 MiB more than the 1.75 lab CPUs and 768 MiB …` */
export function budgetText({ topology, budget, price }: Fix): string {
  const { labCpus, memoryMiB } = costOf(topology);
  const money = price === null ? '' : ` The site costs ${price(topology)} now.`;
  return (
    `Budget: ${cpus(budget.labCpus)} and ${budget.memoryMiB} MiB more than the ` +
    `${cpus(labCpus)} and ${plain(memoryMiB)} MiB that the site has.${money}`
  );
}

/** `3.6 lab CPUs, 1024 MiB, 12.40 EUR a month` */
export function costText({ price }: Fix, topology: Topology): string {
  const { labCpus, memoryMiB } = costOf(topology);
  return [cpus(labCpus), `${plain(memoryMiB)} MiB`, ...(price === null ? [] : [price(topology)])].join(', ');
}

function cpus(labCpus: number): string {
  return `${plain(labCpus)} lab CPU${labCpus === 1 ? '' : 's'}`;
}

function plain(value: number): string {
  return String(Number(value.toFixed(2)));
}
