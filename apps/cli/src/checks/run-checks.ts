import type { Stream } from '../io.ts';
import { NOTHING, sumOf, type Check, type Counted } from './check.ts';

/**
 * Runs checks one after the other; what they print is shown as it comes.
 *
 * @returns how many passed and failed in all
 */
export async function oneByOne(checks: readonly Check[], err: Stream): Promise<Counted> {
  const all: Counted[] = [];
  for (const check of checks) {
    err.write(`▸ ${check.name}\n`);
    all.push(await counted(check, (text) => err.write(text), err));
  }
  return sumOf(all);
}

/**
 * Runs lists of checks, so many at once; the checks of one list follow each other. What a check prints is shown when it has
 * ended, so that no two are mixed.
 *
 * @returns how many passed and failed in all
 */
export async function sideBySide(lists: readonly (readonly Check[])[], atOnce: number, err: Stream): Promise<Counted> {
  const waiting = [...lists];
  const work = async (): Promise<Counted> => {
    let sum = NOTHING;
    for (let list = waiting.shift(); list !== undefined; list = waiting.shift()) {
      for (const check of list) {
        const printed: string[] = [];
        const begunMs = performance.now();
        const result = await counted(check, (text) => printed.push(text), { ...err, write: (text) => printed.push(text) });
        const { passed, failed } = result;
        const took = Math.round((performance.now() - begunMs) / 1000);
        err.write(`▸ ${check.name}: ${passed} passed, ${failed} failed, ${took} s\n${printed.join('')}`);
        sum = sumOf([sum, result]);
      }
    }
    return sum;
  };
  return sumOf(await Promise.all(Array.from({ length: atOnce }, work)));
}

async function counted(check: Check, show: (text: string) => void, err: Stream): Promise<Counted> {
  let result: Counted;
  try {
    result = await check.run(show);
  } catch (error) {
    err.write(`${error instanceof Error ? error.message : String(error)}\n`);
    result = { passed: 0, failed: 1 };
  }
  if (result.failed > 0) err.write(`${err.marks.bad} ${check.name}\n`);
  return result;
}
