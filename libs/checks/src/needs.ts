import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Experiment } from '@loadstair/experiments';
import { stages, topologyOf } from '@loadstair/stages';

/** Programs that take part in an experiment; what they are made of is the engine. */
const ENGINE = ['@loadstair/labd', '@loadstair/site', '@loadstair/loadprofiles'];
const STAGE = /^libs\/stages\/src\/(?<number>\d+)-[^/]+\//;
const COMPONENT = /^libs\/components\/src\/([^/]+)\//;
/** They say what a run showed; they do not run it. */
const TELLS = /^libs\/(report-view|dashboard-view|labs)\//;
const NO_CODE = /\.(md|test\.tsx?)$|\/testing\/|\/fixtures\//;

/** Folders of the projects that those programs are made of, by what their package.json says. */
export function engineFolders(folder: string): string[] {
  const manifest = (path: string): { name?: string; workspaces?: string[]; dependencies?: Record<string, string> } =>
    JSON.parse(readFileSync(join(folder, path, 'package.json'), 'utf8')) as never;
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { name?: string }>;
  };
  const folders = new Map(
    Object.keys(packages)
      .filter((path) => path !== '' && !path.startsWith('node_modules/'))
      .map((path) => [manifest(path).name ?? path, path]),
  );
  const found = new Set<string>();
  const add = (name: string): void => {
    const path = folders.get(name);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const dependency of Object.keys(manifest(path).dependencies ?? {})) add(dependency);
  };
  for (const name of ENGINE) add(name);
  return [...found];
}

/**
 * Which files an experiment depends on: its stage and those it has grown from, the components it runs, its profile, and the
 * engine. Tests and documents are no part of it.
 */
export function needsOf(experiment: Experiment, engine: readonly string[]): (path: string) => boolean {
  const topology = topologyOf(experiment);
  const kinds = new Set<string>(topology.tiers.flatMap((tier) => tier.components));
  const known = new Set<string>(stages.flatMap((stage) => stage.topology.tiers.flatMap((tier) => tier.components)));
  const last = Math.max(topology.stage, experiment.stage);
  return (path) => {
    if (NO_CODE.test(path) || TELLS.test(path)) return false;
    const stage = STAGE.exec(path)?.groups?.['number'];
    if (stage !== undefined)
      return path.includes('/experiments/') ? path.includes(`/experiments/${experiment.name}.`) : Number(stage) <= last;
    const component = COMPONENT.exec(path)?.[1];
    if (component !== undefined && known.has(component)) return kinds.has(component);
    if (path.startsWith('loadprofiles/profiles/')) return path === `loadprofiles/profiles/${experiment.profile}.ts`;
    return path === 'lab' || path.startsWith('tools/') || engine.some((folder) => path.startsWith(`${folder}/`));
  };
}
