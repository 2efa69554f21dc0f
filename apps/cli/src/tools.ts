import { createInterface } from 'node:readline/promises';
import { detectCgroups, provideTools, type BundleSource, type MissingTool, type Progress } from '@loadstair/runtime';
import { toolsFor } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import type { Io } from '@loadstair/terminal-view/io';
import type { Interruption } from './interruption.ts';

export interface NeedOptions {
  readonly yes: boolean;
  readonly path: string;
  /** It ends the question or the installation in good order; its status says so afterwards. */
  readonly interruption: Interruption;
  /** Without CPU limits: then they need not be possible here. */
  readonly unbudgeted?: boolean;
  /** Null and left out: from the network. */
  readonly bundle?: BundleSource | null;
}

/**
 * Makes sure that every program a topology needs is there; asks before anything is installed.
 *
 * @param also needed beside them
 * @returns false when it was interrupted
 * @throws BudgetsImpossible before anything is downloaded, where hosts could not be limited
 */
export async function needTools(topology: Topology, io: Io, options: NeedOptions, also: readonly string[] = []): Promise<boolean> {
  return needPrograms([...toolsFor(topology), ...also], `Stage ${topology.stage}`, io, options);
}

/**
 * The same for programs by their names.
 *
 * @param forWhat what needs them, as a sentence begins with it
 */
export async function needPrograms(names: readonly string[], forWhat: string, io: Io, options: NeedOptions): Promise<boolean> {
  const { interruption, unbudgeted = false, bundle = null } = options;
  const stopping = new AbortController();
  interruption.stopWith(async () => stopping.abort());
  const provided = provideTools(names, {
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    path: options.path,
    install: {
      signal: stopping.signal,
      bundle,
      async checkMachine() {
        if (!unbudgeted) await detectCgroups();
      },
      agree: (missing) => agree(missing, forWhat, io, options.yes, stopping.signal),
      onProgress: progressLines(io),
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

/** A line when a step begins, and one with its seconds when it is done. */
export function progressLines({ err }: Pick<Io, 'err'>): Progress {
  const begun = new Map<string, number>();
  return (text, state) => {
    if (state === 'begun') {
      begun.set(text, Date.now());
      err.write(`${err.marks.now} ${text}\n`);
    } else if (state === 'note') {
      err.write(`  ${text}\n`);
    } else {
      err.write(`${err.paint.good(err.marks.good)} ${text}   ${Math.round((Date.now() - (begun.get(text) ?? Date.now())) / 1000)} s\n`);
    }
  };
}

/** A yes or no at the terminal; an aborted signal ends the wait and rejects. */
export async function confirms(question: string, signal: AbortSignal): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal that is asked sends Ctrl-C as a key.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    prompt.close();
  }
}

async function agree(missing: readonly MissingTool[], forWhat: string, io: Io, yes: boolean, signal: AbortSignal): Promise<boolean> {
  const count = missing.length === 1 ? 'a program that is not installed' : `${missing.length} programs that are not installed`;
  io.err.write(`${forWhat} needs ${count}:\n`);
  for (const one of missing) io.err.write(`  ${one.name.padEnd(12)} ${one.how.padEnd(4)} ${one.note}\n`);
  if (yes) return true;
  return io.canAsk && confirms('Install them?', signal);
}
