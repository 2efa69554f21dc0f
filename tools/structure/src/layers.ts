import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { REPOSITORY } from './sources.ts';

/** A package of the repository, as far as the picture shows it. */
export interface Package {
  /** Without its scope. */
  readonly name: string;
  readonly layer: Layer;
  /** Names of the packages that it depends on. */
  readonly dependsOn: readonly string[];
}

/** The tags by which lint keeps dependencies in one direction (eslint.config.mjs), from top to bottom, with their titles. */
const LAYERS = {
  fixture: 'made up, for tests',
  tool: 'tools',
  app: 'programs',
  feature: 'features',
  kit: 'foundations',
  profiles: 'what k6 runs',
} as const;
type Layer = keyof typeof LAYERS;
const NAMES = Object.keys(LAYERS) as Layer[];

const SCOPE = '@loadstair/';
const MARKS = { begin: '<!-- layers: npm run layers -->', end: '<!-- /layers -->' };
export const DOCUMENT = join(REPOSITORY, 'docs/explanation/architecture.md');

const MANIFEST = z.object({
  name: z.string().startsWith(SCOPE),
  nx: z.object({ tags: z.array(z.templateLiteral(['type:', z.enum(NAMES)])).length(1) }),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** The packages that the root package names as its workspaces: what `nx graph` shows too. */
export function readPackages(): Package[] {
  const { workspaces } = z.object({ workspaces: z.array(z.string()) }).parse(json('package.json'));
  const manifests = globSync(
    workspaces.map((folder) => `${folder}/package.json`),
    { cwd: REPOSITORY },
  );
  return manifests.map((path) => {
    const { name, nx, dependencies } = MANIFEST.parse(json(path));
    const layer = nx.tags[0]?.slice('type:'.length) as Layer;
    const ours = Object.keys(dependencies).filter((dependency) => dependency.startsWith(SCOPE));
    return { name: withoutScope(name), layer, dependsOn: ours.map(withoutScope) };
  });
}

/**
 * A Mermaid flowchart: a box for each layer that has packages, an arrow where packages of one depend on packages of another. Within a box
 * each line depends on lines below it alone.
 */
export function layersChart(packages: readonly Package[]): string {
  const present = NAMES.filter((layer) => packages.some((one) => one.layer === layer));
  const boxes = present.map((layer) => `  ${layer}["<b>${LAYERS[layer]}</b><br/>${linesOf(layer, packages).join('<br/>')}"]`);
  const layerOf = new Map(packages.map(({ name, layer }) => [name, layer]));
  const pairs = packages.flatMap(({ layer, dependsOn }) => dependsOn.map((other) => `${layer} --> ${layerOf.get(other)}`));
  const arrows = present.flatMap((from) =>
    present.flatMap((to) => (from !== to && pairs.includes(`${from} --> ${to}`) ? [`  ${from} --> ${to}`] : [])),
  );
  return ['flowchart TB', ...boxes, ...arrows].join('\n');
}

/** The same document with the chart between its marks. Throws when it has none. */
export function withChart(document: string, chart: string): string {
  const [before, rest] = document.split(MARKS.begin);
  const after = rest?.split(MARKS.end)[1];
  if (before === undefined || after === undefined) throw new Error(`There are no marks ${MARKS.begin} and ${MARKS.end} in the document.`);
  return `${before}${MARKS.begin}\n\n\`\`\`mermaid\n${chart}\n\`\`\`\n\n${MARKS.end}${after}`;
}

function linesOf(layer: Layer, packages: readonly Package[]): string[] {
  const inLayer = packages.filter((one) => one.layer === layer);
  const depth = new Map<string, number>();
  const depthOf = ({ name, dependsOn }: Package): number => {
    const known = depth.get(name);
    if (known !== undefined) return known;
    const below = inLayer.filter((other) => dependsOn.includes(other.name)).map(depthOf);
    const found = below.length === 0 ? 0 : 1 + Math.max(...below);
    depth.set(name, found);
    return found;
  };
  const deepest = Math.max(...inLayer.map(depthOf));
  return Array.from({ length: deepest + 1 }, (_, index) => {
    const names = inLayer.filter((one) => depth.get(one.name) === deepest - index).map(({ name }) => name);
    return names.sort().join(' · ');
  });
}

function withoutScope(name: string): string {
  return name.slice(SCOPE.length);
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(REPOSITORY, path), 'utf8'));
}
