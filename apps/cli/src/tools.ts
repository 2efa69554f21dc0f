import { createInterface } from 'node:readline/promises';
import type { ToolName } from '@loadstair/components';
import { provideTools, type MissingTool } from '@loadstair/runtime';
import { toolsFor } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import type { Io } from './io.ts';
import { LAB_FOLDER, REPO_FOLDER } from './labd-client.ts';

/**
 * Makes sure that every program a topology needs is there; asks before anything is installed.
 *
 * @param also needed beside them
 */
export async function needTools(
  topology: Topology,
  io: Io,
  options: { readonly yes: boolean; readonly path: string },
  also: readonly ToolName[] = [],
): Promise<void> {
  const begun = new Map<string, number>();
  await provideTools([...toolsFor(topology), ...also], {
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    path: options.path,
    install: {
      agree: (missing) => agree(missing, topology, io, options.yes),
      onProgress(text, state) {
        if (state === 'begun') {
          begun.set(text, Date.now());
          io.err.write(`${io.err.marks.now} ${text}\n`);
        } else {
          io.err.write(
            `${io.err.paint.good(io.err.marks.good)} ${text}   ${Math.round((Date.now() - (begun.get(text) ?? Date.now())) / 1000)} s\n`,
          );
        }
      },
    },
  });
}

async function agree(missing: readonly MissingTool[], topology: Topology, io: Io, yes: boolean): Promise<boolean> {
  const count = missing.length === 1 ? 'a program that is not here' : `${missing.length} programs that are not here`;
  io.err.write(`Stage ${topology.stage} needs ${count}:\n`);
  for (const one of missing) io.err.write(`  ${one.name.padEnd(12)} ${one.how.padEnd(4)} ${one.note}\n`);
  if (yes) return true;
  if (!io.canAsk) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question('Install them? [y/N] ');
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
