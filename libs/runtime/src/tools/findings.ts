import { mkdirSync } from 'node:fs';
import { allTools, toolOf } from './catalogue.ts';
import { findTool, type ToolReport, type Where } from './find.ts';
import type { Right } from './right.ts';
import { rightsOf } from './rights.ts';

/** What this machine has. */
export interface Findings {
  readonly tools: readonly ToolReport[];
  readonly rights: readonly Right[];
}

/** Looks for every program and tries every right; takes about a second of CPU. */
export async function findingsOf(where: Where, environment: Readonly<Record<string, string | undefined>> = {}): Promise<Findings> {
  mkdirSync(where.labFolder, { recursive: true });
  const tools = await Promise.all([...allTools().values()].map((tool) => findTool(tool.name, where)));
  const nft = tools.find((tool) => tool.name === 'nft');
  const toBuild = tools.filter((tool) => tool.state !== 'found' && toolOf(tool.name).source.how === 'go').map((tool) => tool.name);
  const programs = { nft: nft?.state === 'found' ? nft.path : undefined, toBuild };
  return { tools, rights: await rightsOf(where.labFolder, programs, { ...environment, PATH: where.path }) };
}

/** A needed tool that is not there, or a right without which no stage gives a verdict. What only a setting needs does not count. */
export function missingOf({ tools, rights }: Findings, needed: readonly string[]): string[] {
  return [
    ...rights.filter((right) => right.state === 'missing').map((right) => right.name),
    ...tools.filter((tool) => tool.state !== 'found' && needed.includes(tool.name)).map((tool) => tool.name),
  ];
}
