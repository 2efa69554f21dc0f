import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Values of variables in a compose file, as `.env` and the shell give them. */
export type Variables = Readonly<Record<string, string | undefined>>;

export type Service = Readonly<Record<string, unknown>>;

/** What of a compose file is used here. */
export interface ComposeFile {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
}

/** Compose files, later ones over earlier ones: maps are merged, lists joined, other values replaced (docs.docker.com, "Merge"). */
export function readCompose(files: readonly string[], variables: Variables): ComposeFile {
  const documents = files.map((file) => parse(readFileSync(file, 'utf8')) as unknown);
  return filledIn(documents.reduce(merged), variables) as ComposeFile;
}

function merged(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above)) return [...(below as unknown[]), ...(above as unknown[])];
  if (!isMap(below) || !isMap(above)) return above;
  const both = Object.keys(above).filter((key) => key in below);
  return { ...below, ...above, ...Object.fromEntries(both.map((key) => [key, merged(below[key], above[key])])) };
}

/** Every text with its variables replaced: `${NAME}`, `${NAME:-default}`, and `$$` for a dollar sign. */
function filledIn(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\$(?:(\$)|\{(\w+)(?::-([^}]*))?\})/g, (_all, dollar?: string, name = '', otherwise?: string) => {
      if (dollar !== undefined) return dollar;
      const found = variables[name] || otherwise;
      if (found === undefined) throw new Error(`The variable ${name} is not set and has no default.`);
      return found;
    });
  if (Array.isArray(value)) return value.map((item) => filledIn(item, variables));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item, variables)]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
