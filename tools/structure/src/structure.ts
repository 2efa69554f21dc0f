import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stages } from '@loadstair/stages';
import { circlesOf } from './circles.ts';
import { createResolve } from './resolve.ts';
import { findingsOf, type Finding, type Names } from './rule.ts';
import { filesOf, importsOf, readSources, REPOSITORY } from './sources.ts';

/** What is against the structure. */
export interface Structure {
  /** By file: what it knows and should not (`rule.ts`). */
  readonly rule: Readonly<Record<string, readonly Finding[]>>;
  /** Files of more than 300 lines, with their lines. */
  readonly long: Readonly<Record<string, number>>;
  /** Files that import each other in a circle. */
  readonly circles: readonly (readonly string[])[];
}

/** What stands in `allowed.json`: what is against the structure all the same. */
export interface Allowed extends Omit<Structure, 'rule'> {
  /** By file: what it may know, and why that cannot be declared. */
  readonly rule: Readonly<Record<string, { readonly knows: readonly Finding[]; readonly reason: string }>>;
}

export const MOST_LINES = 300;
/** Files that may stand on the list of the rule. */
export const MOST_ALLOWED = 5;
const ALLOWED = join(import.meta.dirname, '..', 'allowed.json');
/** What no stage and no component of today has, but a host may run. */
const GENERATED = /\/(tokens|static\/site)\.css$|schema\.d\.ts$/;

/** Names of the catalogue: a stage that is added brings its own. */
export function names(): Names {
  const tiers = stages.flatMap(({ topology }) => topology.tiers);
  return {
    tiers: [...new Set(tiers.map((tier) => tier.name))].sort((a, b) => b.length - a.length),
    kinds: [...new Set(tiers.flatMap((tier) => tier.components))].sort(),
  };
}

/** The repository as it stands. */
export function structure(): Structure {
  const sources = readSources();
  const resolve = createResolve();
  const known = names();
  const rule: Record<string, readonly Finding[]> = {};
  const edges = new Map<string, string[]>();
  for (const source of sources) {
    const found = findingsOf(source, known, resolve);
    if (found.length > 0) rule[source.path] = found;
    edges.set(
      source.path,
      importsOf(source).flatMap((specifier) => resolve(source.path, specifier) ?? []),
    );
  }
  const long: Record<string, number> = {};
  for (const path of [...sources.map((source) => source.path), ...filesOf('css')].sort()) {
    if (GENERATED.test(path)) continue;
    const lines = readFileSync(join(REPOSITORY, path), 'utf8').split('\n').length - 1;
    if (lines > MOST_LINES) long[path] = lines;
  }
  return { rule, long, circles: circlesOf(edges) };
}

/** What is still allowed; it may only shrink. */
export function allowed(): Allowed {
  return JSON.parse(readFileSync(ALLOWED, 'utf8')) as Allowed;
}

/** What stands now that was not allowed. */
export function additions(now: Structure, before: Allowed): string[] {
  return [
    ...Object.entries(now.rule).flatMap(([path, found]) =>
      found.filter((finding) => !(before.rule[path]?.knows ?? []).includes(finding)).map((finding) => `${path} knows ${finding}`),
    ),
    ...Object.entries(now.long)
      .filter(([path, lines]) => lines > (before.long[path] ?? MOST_LINES))
      .map(([path, lines]) => `${path} has ${lines} lines`),
    ...now.circles
      .filter((circle) => !before.circles.some((old) => circle.every((path) => old.includes(path))))
      .map((circle) => `a circle of imports: ${circle.join(' ↔ ')}`),
  ];
}

/** What was allowed and is no longer there: it must be taken off the list (`npm run structure`). */
export function leftovers(now: Structure, before: Allowed): string[] {
  return [
    ...Object.entries(before.rule).flatMap(([path, { knows }]) =>
      knows.filter((finding) => !(now.rule[path] ?? []).includes(finding)).map((finding) => `${path} no longer knows ${finding}`),
    ),
    ...Object.keys(before.long)
      .filter((path) => now.long[path] === undefined)
      .map((path) => `${path} is no longer too long`),
    ...before.circles
      .filter((circle) => !now.circles.some((other) => other.every((path) => circle.includes(path))))
      .map((circle) => `no circle any more: ${circle.join(' ↔ ')}`),
  ];
}

/** The list without what is no longer there. Nothing is added. */
export function shrunk(now: Structure, before: Allowed): Allowed {
  const rule: Record<string, Allowed['rule'][string]> = {};
  for (const [path, { knows, reason }] of Object.entries(before.rule)) {
    const left = knows.filter((finding) => now.rule[path]?.includes(finding));
    if (left.length > 0) rule[path] = { knows: left, reason };
  }
  const long = Object.fromEntries(
    Object.entries(before.long).flatMap(([path, lines]) => {
      const left = now.long[path];
      return left === undefined ? [] : [[path, Math.min(left, lines)]];
    }),
  );
  const circles = now.circles.filter((circle) => before.circles.some((old) => circle.every((path) => old.includes(path))));
  return { rule, long, circles };
}
