import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '@loadstair/experiments';
import type { Check } from './check.ts';
import type { KeptResults } from './kept-results.ts';
import { engineFolders, needsOf } from './needs.ts';
import type { Repository } from './repository.ts';
import { selectWithin } from './selection.ts';

/** How the tests of experiments are told which to run, and where they write down each that held. */
export const EXPERIMENTS_TOLD = { names: 'LOADSTAIR_TEST_EXPERIMENTS', held: 'LOADSTAIR_TEST_HELD' } as const;

/**
 * Experiments as one check: a part of them that fits into a time, or every one that has not held with these very inputs.
 *
 * @param parts.withinS s for the quick forms; null runs the long form of all
 * @param parts.repository null: everything counts as changed, and nothing is kept
 * @param parts.run Jest on the tests of experiments with these variables
 * @returns the check, and lines that say what it runs and what it leaves out
 */
export function experimentChecks(parts: {
  readonly experiments: readonly Experiment[];
  readonly withinS: number | null;
  readonly folder: string;
  readonly repository: Repository | null;
  readonly kept: KeptResults;
  readonly run: (environment: Readonly<Record<string, string>>) => Check;
}): { readonly check: Check | null; readonly says: string } {
  const { experiments, withinS, folder, repository, kept, run } = parts;
  const form = withinS === null ? 'whole' : 'quick';
  const engine = engineFolders(folder);
  const all = experiments.map((experiment) => {
    const needs = needsOf(experiment, engine);
    const key = `experiment ${experiment.name} ${form}`;
    const last = kept.last(key);
    return {
      name: experiment.name,
      key,
      inputs: repository?.hashOf(needs) ?? '',
      changed: repository === null || [...repository.changed].some(needs),
      passedAtMs: last?.passedAtMs ?? null,
      takesS: last?.tookS ?? experiment.takesS[withinS === null ? 'full' : 'quick'],
    };
  });
  const chosen = new Set(
    (withinS === null
      ? all.filter(({ key, inputs }) => inputs === '' || !kept.passed(key, inputs))
      : selectWithin(all, withinS, repository?.head ?? '').chosen
    ).map(({ name }) => name),
  );
  const left = all.filter(({ name }) => !chosen.has(name)).map(({ name }) => name);
  const says = `experiments: ${chosen.size} of ${all.length} in their ${form === 'quick' ? 'quick' : 'long'} forms${
    left.length === 0
      ? ''
      : withinS === null
        ? `; ${left.length} held before with the same code`
        : `\n  left out (one: ./lab experiment NAME --quick, all: ./lab test --all):\n${wrapped(left)}`
  }`;
  if (chosen.size === 0) return { check: null, says };
  return {
    says,
    check: {
      name: 'experiments',
      async run(show, signal) {
        const scratch = mkdtempSync(join(tmpdir(), 'lab-test-'));
        const held = join(scratch, 'held.ndjson');
        try {
          return await run({ [EXPERIMENTS_TOLD.names]: [...chosen].join(','), [EXPERIMENTS_TOLD.held]: held }).run(show, signal);
        } finally {
          // Also of a run that was cut off, or in which another did not hold.
          for (const { name, tookS } of heldIn(held)) {
            const experiment = all.find((one) => one.name === name);
            if (experiment !== undefined) kept.keep(experiment.key, experiment.inputs, tookS);
          }
          rmSync(scratch, { recursive: true, force: true });
        }
      },
    },
  };
}

/** What the tests write: a line of JSON for each experiment that held. */
export interface Held {
  readonly name: string;
  readonly tookS: number;
}

function heldIn(file: string): Held[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Held);
  } catch {
    return [];
  }
}

const WIDTH = 76;

function wrapped(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => `    ${line}`).join('\n');
}
