import { aboutWords } from '@loadstair/load/durations';
import { provideTools, ToolsMissing, type MissingTool } from '@loadstair/runtime';
import { tierLines, toolsFor } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { answer } from './commands/answer.ts';
import type { Context } from './commands/context.ts';

/** Prints what a run would be: its hosts, about how long it takes (s), and the programs that would be installed first. Nothing starts. */
export async function dryRun(
  { topology, profile, takesS }: { readonly topology: Topology; readonly profile: string; readonly takesS: number },
  json: boolean,
  { io, environment }: Pick<Context, 'io' | 'environment'>,
): Promise<void> {
  const missing = await missingTools(topology, environment['PATH'] ?? '');
  const { stage, slug, tiers } = topology;
  answer(io, json, { stage, slug, profile, takesS, tiers, missing }, () => [
    `${stage} ${slug} · profile ${profile} · ${aboutWords(takesS)}`,
    '',
    ...tierLines(topology),
    '',
    ...(missing.length === 0 ? ['Every program is installed.'] : ['The lab would ask, and then install these programs:']),
    ...missing.map(({ name, how, note }) => `  ${name.padEnd(12)} ${how.padEnd(4)} ${note}`),
  ]);
}

async function missingTools(topology: Topology, path: string): Promise<readonly MissingTool[]> {
  try {
    await provideTools(toolsFor(topology), { repoFolder: REPO_FOLDER, labFolder: LAB_FOLDER, path, install: null });
    return [];
  } catch (error) {
    if (error instanceof ToolsMissing) return error.missing;
    throw error;
  }
}
