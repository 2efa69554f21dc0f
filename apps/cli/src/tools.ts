import { createInterface } from 'node:readline/promises';
import { provideTools, type MissingTool } from '@loadstair/runtime';
import { toolsFor } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import type { Io } from '@loadstair/terminal-view/io';
import type { Interruption } from './interruption.ts';

/**
 * Makes sure that every program a topology needs is there; asks before anything is installed.
 *
 * @param options `interruption` ends the question or the installation in good order; its status says so afterwards
 * @param also needed beside them
 * @returns false when it was interrupted
 */
export async function needTools(
  topology: Topology,
  io: Io,
  options: { readonly yes: boolean; readonly path: string; readonly interruption: Interruption },
  also: readonly string[] = [],
): Promise<boolean> {
  const { interruption } = options;
  const stopping = new AbortController();
  interruption.stopWith(async () => stopping.abort());
  const begun = new Map<string, number>();
  const provided = provideTools([...toolsFor(topology), ...also], {
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    path: options.path,
    install: {
      signal: stopping.signal,
      agree: (missing) => agree(missing, topology, io, options.yes, stopping.signal),
      onProgress(text, state) {
        if (state === 'begun') {
          begun.set(text, Date.now());
          io.err.write(`${io.err.marks.now} ${text}\n`);
        } else if (state === 'note') {
          io.err.write(`  ${text}\n`);
        } else {
          io.err.write(
            `${io.err.paint.good(io.err.marks.good)} ${text}   ${Math.round((Date.now() - (begun.get(text) ?? Date.now())) / 1000)} s\n`,
          );
        }
      },
    },
  });
  try {
    await provided;
  } catch (error) {
    // Whatever it says, it was ended: only that is told.
    if (interruption.status() === null) throw error;
  }
  return interruption.status() === null;
}

async function agree(missing: readonly MissingTool[], topology: Topology, io: Io, yes: boolean, signal: AbortSignal): Promise<boolean> {
  const count = missing.length === 1 ? 'a program that is not installed' : `${missing.length} programs that are not installed`;
  io.err.write(`Stage ${topology.stage} needs ${count}:\n`);
  for (const one of missing) io.err.write(`  ${one.name.padEnd(12)} ${one.how.padEnd(4)} ${one.note}\n`);
  if (yes) return true;
  if (!io.canAsk) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal that is asked sends Ctrl-C as a key.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return /^y(es)?$/i.test((await prompt.question('Install them? [y/N] ', { signal })).trim());
  } finally {
    prompt.close();
  }
}
