import type { InjectionSpec } from './injection.ts';

/** 1: one loud cause. 2: one quieter cause. 3: two causes, or a symptom that misleads. */
export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

/** A known cause, hidden in the site of a stage for people to find. */
export interface BrokenSite {
  readonly level: Level;
  readonly injection: InjectionSpec;
  /** Where the cause can be seen; told once it was named or given up. One sentence. */
  readonly sign: string;
}

/**
 * The broken sites of a stage, each one of its injections by name.
 *
 * @throws Error where the stage has no such injection, or where it limits nothing that can be named
 */
export function brokenSites(
  injections: readonly InjectionSpec[],
  sites: readonly { readonly level: Level; readonly cause: string; readonly sign: string }[],
): readonly BrokenSite[] {
  return sites.map(({ level, cause, sign }) => {
    const injection = injections.find(({ name }) => name === cause);
    if (injection === undefined) throw new Error(`There is no injection ${cause}.`);
    if (injection.expected.kind !== 'limit' && injection.expected.kind !== 'both') throw new Error(`${cause} limits nothing.`);
    return { level, injection, sign };
  });
}
