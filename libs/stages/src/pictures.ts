import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { labs } from './labs.ts';

const NAME = /^[a-z-]+\.svg$/;

/**
 * A drawing that stands beside the guide of a stage.
 *
 * @returns its file; null when there is none of this name
 */
export function pictureFile(stage: number, name: string): string | null {
  const lab = labs.find((one) => one.stage === stage);
  if (lab === undefined || !NAME.test(name)) return null;
  const file = join(import.meta.dirname, `${String(stage).padStart(2, '0')}-${lab.slug}`, name);
  return existsSync(file) ? file : null;
}
