import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPO_FOLDER } from './folders.ts';

/** The version of the lab, as the root package.json has it; no other place holds one. */
export function labVersion(): string {
  const { version } = JSON.parse(readFileSync(join(REPO_FOLDER, 'package.json'), 'utf8')) as { version: string };
  return version;
}
