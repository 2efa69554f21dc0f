import { z } from 'zod';

/** What inputs of expectations are made of. */
export const PHASE = z.string().min(1).max(60);
export const TIER = z.string().min(1).max(40);
/** Name of an action. */
export const ACTION = z.string().min(1).max(40);
/** 0–1 */
export const SHARE = z.number().min(0).max(1);
export const RATIO = z.number().min(0);
export const MS = z.number().min(0);

/** A phase against another one. */
export const AGAINST = z.strictObject({ phase: PHASE, than: PHASE });

/** The phases of such an input. */
export function bothPhases({ phase, than }: { readonly phase: string; readonly than: string }): readonly string[] {
  return [phase, than];
}

export function onePhase({ phase }: { readonly phase: string }): readonly string[] {
  return [phase];
}
