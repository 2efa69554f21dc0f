/** A refused run says nothing about the lab, and is made again, so often and no more. What did not hold is never tried again. */
export const MOST_REPEATS = 2;

let repeats = 0;

/** Counts a refused run that is made again, and says so. */
export function countRepeat(why: string): void {
  repeats += 1;
  process.stderr.write(`refused, and made again (${repeats} so far in this file): ${why}\n`);
}
