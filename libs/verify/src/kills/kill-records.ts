import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@loadstair/kit';
import { writeWholeInNewFolder } from '@loadstair/kit/node';
import { KILL_COMMANDS, KILL_TARGETS, type KillCommand, type KillTarget } from './kill-plan.ts';

/** How the disturbed command ended: alone, after SIGINT, or by kill -9 because it did not end after that. */
export type CommandEnd = 'alone' | 'interrupted' | 'killed';

/** A round that was played to its end. */
export interface KillRecord {
  readonly command: KillCommand;
  readonly stage: number;
  /** Null when none of the targets was there. */
  readonly target: KillTarget | null;
  /** Program that was killed, and its host where it has one. */
  readonly program: string | null;
  /** Targets that were drawn before and were not there. */
  readonly absent: readonly KillTarget[];
  /** Seconds from the start of the command to the kill. */
  readonly afterS: number;
  readonly end: CommandEnd;
  /** What was left after the next command; empty is clean. */
  readonly left: readonly string[];
}

interface KillFile {
  readonly schema: 1;
  readonly seed: number;
  readonly rounds: readonly KillRecord[];
}

export function killFile(labFolder: string, seed: number): string {
  return join(labFolder, 'kills', `${seed}.json`);
}

/**
 * Rounds of a seed that are done, in order; none when the seed is new.
 *
 * @throws Problem when the file is not one that this command wrote
 */
export function readRecords(labFolder: string, seed: number): readonly KillRecord[] {
  const file = killFile(labFolder, seed);
  if (!existsSync(file)) return [];
  const found = parsed(file);
  if (isKillFile(found, seed)) return found.rounds;
  throw new Problem({
    what: `The rounds of seed ${seed} cannot be read.`,
    why: `${file} is not a whole file of this command`,
    do: `rm ${file}, which starts the seed again, or choose another --seed`,
    code: 'E_BAD_KILLS',
    exit: 1,
  });
}

export function writeRecords(labFolder: string, seed: number, rounds: readonly KillRecord[]): void {
  const content: KillFile = { schema: 1, seed, rounds };
  writeWholeInNewFolder(killFile(labFolder, seed), JSON.stringify(content, null, 1));
}

/** How often each target was killed under each command. */
export function countKills(records: readonly KillRecord[]): { readonly target: KillTarget | null; readonly counts: readonly number[] }[] {
  return [...KILL_TARGETS, null].map((target) => ({
    target,
    counts: KILL_COMMANDS.map((command) => records.filter((record) => record.target === target && record.command === command).length),
  }));
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isKillFile(value: unknown, seed: number): value is KillFile {
  const { schema, seed: stored, rounds } = (value ?? {}) as Record<string, unknown>;
  return schema === 1 && stored === seed && Array.isArray(rounds) && rounds.every(isRecord);
}

function isRecord(value: unknown): value is KillRecord {
  const { command, stage, target, afterS, left, absent, end } = (value ?? {}) as Record<string, unknown>;
  return (
    KILL_COMMANDS.some((known) => known === command) &&
    (target === null || KILL_TARGETS.some((known) => known === target)) &&
    typeof stage === 'number' &&
    typeof afterS === 'number' &&
    typeof end === 'string' &&
    Array.isArray(absent) &&
    Array.isArray(left) &&
    left.every((line) => typeof line === 'string')
  );
}
