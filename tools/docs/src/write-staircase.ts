import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './repository.ts';
import { PICTURE, STAIRS, staircasePicture, type Stairs } from './staircase.ts';

/** `npm run staircase [.lab/comparisons/ID/comparison.json]`: draws the picture of the README anew, from a stored comparison if one is given. */
const [given] = process.argv.slice(2);
const read = (file: string): Stairs => JSON.parse(readFileSync(file, 'utf8')) as Stairs;
if (given !== undefined) {
  const { arms, againstPrevious } = read(given);
  const shown = {
    arms: arms.map(({ label, estimate, limitedBy }) => ({ label, estimate, limitedBy })),
    againstPrevious,
  };
  writeFileSync(join(REPOSITORY, STAIRS), `${JSON.stringify(shown, null, 2)}\n`);
}
writeFileSync(join(REPOSITORY, PICTURE), staircasePicture(read(join(REPOSITORY, STAIRS))));
