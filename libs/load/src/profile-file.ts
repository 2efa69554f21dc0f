import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, resolve } from 'node:path';
import { Problem } from '@loadstair/kit';
import { nearMiss } from '@loadstair/topology';
import type { z } from 'zod';
import { JOURNEY_NAMES } from './journey-requests.ts';
import { PROFILE_FILE, PROFILE_NAME, profileFrom, sumOf, type OwnProfile } from './own-profile.ts';
import { profileByName } from './profile-by-name.ts';

const ENDING = '.ts';

/** A file that is no load profile; says which field, what was found there, and what is allowed. Exit status 2. */
export class BadProfileFile extends Problem {
  constructor(what: string, why: string, advice: string) {
    super({ what, why, do: advice, code: 'E_PROFILE_FILE', exit: 2 });
  }
}

/** Whether `--profile` names a file; names of stored profiles have neither a slash nor an ending. */
export function isProfileFile(text: string): boolean {
  return text.includes('/') || text.endsWith(ENDING);
}

/**
 * What `--profile` names: the name of a stored profile, or what a file of one's own says.
 *
 * @throws UnknownProfile, BadProfileFile, TakenProfileName
 */
export async function askedProfile(text: string): Promise<string | OwnProfile> {
  const asked = isProfileFile(text) ? await readProfileFile(text) : profileByName(text).name;
  profileFrom(asked);
  return asked;
}

/**
 * Reads a profile of one's own: the default export of a TypeScript file. The file is a program, and runs with the rights of whoever names
 * it; what it exports is taken as data.
 *
 * @throws BadProfileFile
 */
export async function readProfileFile(file: string): Promise<OwnProfile> {
  const name = profileNameOf(file);
  if (!existsSync(file))
    throw new BadProfileFile(`There is no file ${file}.`, `the lab looked for ${resolve(file)}`, `./lab profiles new ${file}`);
  const exported = await defaultExportOf(file);
  const read = PROFILE_FILE.safeParse(exported);
  if (!read.success) {
    // A name that is typed wrong leaves a field missing: the name is the cause.
    const { issues } = read.error;
    throw notAProfile(file, exported, issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]);
  }
  return { name, ...read.data };
}

/** A profile is called like its file. Throws BadProfileFile. */
export function profileNameOf(file: string): string {
  const name = basename(file, ENDING);
  if (file.endsWith(ENDING) && PROFILE_NAME.test(name)) return name;
  throw new BadProfileFile(
    `A profile cannot be called ${basename(file)}.`,
    'it has the name of its file: small letters, digits and dashes, then .ts',
    '--profile ./my-profile.ts',
  );
}

/** The file alone: what it imports at run time is not found, since a profile is data. */
async function defaultExportOf(file: string): Promise<unknown> {
  try {
    const script = stripTypeScriptTypes(readFileSync(file, 'utf8'));
    const module = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as { readonly default?: unknown };
    // Through JSON: what is no data, such as a function, is not there.
    return module.default === undefined ? undefined : (JSON.parse(JSON.stringify(module.default) ?? 'null') as unknown);
  } catch (error) {
    throw new BadProfileFile(
      `${file} cannot be read.`,
      (error as Error).message.split('\n')[0] ?? '',
      './lab profiles new example.ts shows one',
    );
  }
}

function notAProfile(file: string, exported: unknown, issue: z.core.$ZodIssue | undefined): BadProfileFile {
  if (exported === undefined)
    return new BadProfileFile(`${file} exports no profile.`, 'it has no default export', 'export default { purpose: …, slo: …, … };');
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return path[0] === 'journeys' ? unknownJourney(file, key) : unknownField(file, exported, path, key);
  }
  const field = path.join('.') || 'the default export';
  const found = valueAt(exported, path);
  const told =
    issue?.code === 'custom' && path.at(-1) === 'journeys'
      ? `shares that add up to ${round(sumOf(found as Record<string, number>))}`
      : textOf(found);
  return new BadProfileFile(
    `${file}: ${field} cannot be used.`,
    `found ${told}; allowed is ${issue?.message ?? 'something else'}`,
    `change ${field} in ${file}`,
  );
}

function unknownField(file: string, exported: unknown, path: readonly string[], key: string): BadProfileFile {
  const field = [...path, key].join('.');
  const shape = shapeAt(path, exported);
  const near = nearMiss(key, shape);
  return new BadProfileFile(
    `${file}: there is no field ${field}.`,
    `found ${textOf(valueAt(exported, [...path, key]))}; ${path.length === 0 ? 'a profile' : path.join('.')} has ${shape.join(', ')}`,
    near === null ? `take ${field} out of ${file}` : `call it ${near}`,
  );
}

function unknownJourney(file: string, journey: string): BadProfileFile {
  const near = nearMiss(journey, JOURNEY_NAMES);
  return new BadProfileFile(
    `${file}: there is no journey ${journey}.`,
    `journeys are ${JOURNEY_NAMES.join(', ')}`,
    near === null ? './lab profiles new example.ts   lists what each one does' : `call it ${near}`,
  );
}

/** Fields of the object at a path, as the schema has them. */
function shapeAt(path: readonly string[], exported: unknown): string[] {
  const { shape } = PROFILE_FILE;
  if (path.length === 0) return Object.keys(shape);
  if (path[0] === 'slo') return Object.keys(shape.slo.shape);
  const kind = valueAt(exported, ['steps', 'kind']);
  const load = kind === 'fixed' ? 'rate' : 'share';
  if (path.length > 1) return [load, 'holdS'];
  return kind === 'climb' ? ['kind'] : ['kind', 'loads', 'settleS'];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);
}

const MOST_SHOWN = 60;

function textOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
