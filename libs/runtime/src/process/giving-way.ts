import { writeFileSync } from 'node:fs';
import { BudgetsImpossible, type Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';

const [BEGINNING, ENDING] = ['loadstair-', '-idle'];

/**
 * Name of a control group whose programs run only when nobody else wants the CPU. It stands at the top: groups share CPU level by
 * level, so inside another group idle priority would count against its neighbours only.
 */
export const idleGroup = (of: number | string): string => `${BEGINNING}${of}${ENDING}`;

/**
 * CPU time that programs in idle groups of ours have used: burners of every instance, and whatever else gives way. Who measures has
 * lost nothing by it, so it counts as idle.
 */
export class GivenWay {
  readonly #cgroups: Cgroups;
  readonly #seen = new Map<string, number>();
  #seconds = 0;

  constructor(cgroups: Cgroups) {
    this.#cgroups = cgroups;
  }

  /** Cumulative since the first call, in seconds; a group that has gone keeps what it used until it was last seen. */
  seconds(): number {
    const groups = this.#cgroups.children('.').filter((name) => name.startsWith(BEGINNING) && name.endsWith(ENDING));
    for (const group of groups) {
      const now = this.#usedBy(group);
      if (now === null) continue;
      const before = this.#seen.get(group) ?? now;
      // One that was made anew counts from nothing again.
      this.#seconds += now >= before ? now - before : now;
      this.#seen.set(group, now);
    }
    return this.#seconds;
  }

  #usedBy(group: string): number | null {
    try {
      return this.#cgroups.cpuSeconds(group);
    } catch {
      // Another instance removed it between the listing and the reading.
      return null;
    }
  }
}

/** A place for programs that are to get only the CPU nobody else wants. */
export interface Aside {
  /** Puts a program there, and what it starts from now on. */
  adopt(pid: number): void;
  /** Ends what is still there, and removes the place. */
  end(): Promise<void>;
}

/** @returns null where this machine lets us make no such place */
export async function makeAside(name: string): Promise<Aside | null> {
  const group = idleGroup(name);
  try {
    const cgroups = await detectCgroups();
    cgroups.create(group);
    cgroups.setIdle(group);
    return {
      adopt: (pid) => cgroups.joinFiles(group).forEach((file) => writeFileSync(file, String(pid))),
      end: () => cgroups.destroy(group),
    };
  } catch (error) {
    if (error instanceof BudgetsImpossible) return null;
    throw error;
  }
}
