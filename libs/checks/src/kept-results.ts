import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '@loadstair/kit/node';
import type { Check } from './check.ts';
import type { Repository } from './repository.ts';

const KEPT = z.record(z.string(), z.object({ inputs: z.string(), passedAtMs: z.number(), tookS: z.number() }));

/** A check that passed: with which inputs, when, and how long it took. */
export type KeptResult = z.infer<typeof KEPT>[string];

/** What passed on this machine, so that a long test goes on where it stopped; what failed is not kept. */
export interface KeptResults {
  last(check: string): KeptResult | null;
  /** Whether it passed with just these inputs. */
  passed(check: string, inputs: string): boolean;
  keep(check: string, inputs: string, tookS: number): void;
}

/** @param file JSON; one that is not there or not readable is as an empty one */
export function keptResults(file: string, nowMs = Date.now): KeptResults {
  const results = new Map(Object.entries(readFrom(file)));
  return {
    last: (check) => results.get(check) ?? null,
    passed: (check, inputs) => results.get(check)?.inputs === inputs,
    keep(check, inputs, tookS) {
      results.set(check, { inputs, passedAtMs: nowMs(), tookS });
      mkdirSync(dirname(file), { recursive: true });
      writeWhole(file, JSON.stringify(Object.fromEntries(results), null, 1));
    },
  };
}

function readFrom(file: string): z.infer<typeof KEPT> {
  try {
    return KEPT.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // To know nothing costs time only: everything runs again.
    return {};
  }
}

/** A check that is not run again while no file of the project has changed since it passed. */
export function keeping(check: Check, kept: KeptResults, repository: Repository): Check {
  return {
    name: check.name,
    async run(show, signal) {
      const inputs = repository.hashOf(() => true);
      const last = kept.last(check.name);
      if (last !== null && kept.passed(check.name, inputs)) {
        show(`passed ${new Date(last.passedAtMs).toISOString()} with the same files\n`);
        return { passed: 1, failed: 0 };
      }
      const begunMs = performance.now();
      const counted = await check.run(show, signal);
      if (counted.failed === 0) kept.keep(check.name, inputs, (performance.now() - begunMs) / 1000);
      return counted;
    },
  };
}
