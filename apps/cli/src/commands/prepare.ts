import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { detectCgroups, findingsOf } from '@loadstair/runtime';
import { fileSha256, unpackBundle, workFolder, writeBundle, type UnpackedBundle, type WrittenBundle } from '@loadstair/runtime/bundle';
import { Problem } from '@loadstair/kit';
import type { Command } from 'commander';
import { EXAMPLE, neededTools, stageByNumber, stages, toolsFor } from '@loadstair/stages';
import { LAB_FOLDER, REPO_FOLDER } from '@loadstair/lab-api/folders';
import { labVersion } from '@loadstair/lab-api/version';
import { readyStages, readyWords } from '@loadstair/terminal-view/doctor-view';
import { needConsole } from '../console-build.ts';
import { onInterrupt } from '../interruption.ts';
import { needPrograms, progressLines } from '../tools.ts';
import { answer, jsonOption } from './answer.ts';
import { yesOption, type Context } from './context.ts';
import { stageArgument } from './stage-argument.ts';
import { COMMANDS } from './table.ts';

const MB = 1e6;

interface Options {
  readonly all: boolean;
  readonly bundle?: string;
  readonly from?: string;
  readonly unbudgeted: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** prepare: everything now, so that a workshop needs no network. */
export function register(program: Command, context: Context): void {
  program
    .command('prepare')
    .description(COMMANDS.prepare.prepare.does)
    .addArgument(stageArgument('[stage]', 'number of a stage; all stages without it'))
    .option('--all', 'all stages, as without a number', false)
    .option('--bundle <file>', 'then pack everything into one file, for machines like this one')
    .option('--from <file>', 'install from such a file; no network is used')
    .option('--unbudgeted', 'also where no CPU limits can be set, as while an image is built', false)
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Whether hosts can have CPU limits here is checked before anything is
downloaded. A bundle fits the same version of the lab, the same kind of machine
and the same release of Debian or Ubuntu. Its programs run as root on the other
machine: compare the SHA-256 that is printed.

Examples:
  ./lab prepare --all --yes
  ./lab prepare ${EXAMPLE.stage}
  ./lab prepare --all --bundle lab.bundle
  ./lab prepare --from lab.bundle --yes`,
    )
    .action(async (stage: number | undefined, options: Options) => context.exit(await prepare(stage, options, context)));
}

async function prepare(stage: number | undefined, options: Options, context: Context): Promise<number> {
  const { io, environment } = context;
  refuseContradictions(stage, options);
  const path = environment['PATH'] ?? '';
  // A stage that does not exist is said before anything else.
  const names = stage === undefined ? neededTools(stages) : ['node', ...toolsFor(stageByNumber(stage).topology)];
  if (!options.unbudgeted) await detectCgroups();
  const interruption = onInterrupt(io, 'Stopping: what is being installed is ended in good order.');
  const work = options.from === undefined ? null : workFolder(LAB_FOLDER);
  try {
    const unpacked = options.from === undefined || work === null ? null : await openBundle(options.from, work, context);
    const forWhat = stage === undefined ? 'The lab' : `Stage ${stage}`;
    const { yes, unbudgeted } = options;
    const need = { yes, unbudgeted, path, interruption, bundle: unpacked?.source ?? null };
    if (!(await needPrograms(names, forWhat, io, need))) return interruption.status() ?? 1;
    await needConsole(io);
    const bundle = options.bundle === undefined ? null : await pack(options.bundle, names, context);
    const ready = readyStages(await findingsOf({ labFolder: LAB_FOLDER, path }, environment), stages);
    answer(io, options.json, { ready, bundle }, () => [...(bundle === null ? [] : bundleLines(bundle)), readyWords(ready)]);
    return interruption.status() ?? 0;
  } finally {
    if (work !== null) rmSync(work, { recursive: true, force: true });
    interruption.end();
  }
}

function refuseContradictions(stage: number | undefined, { all, bundle, from }: Options): void {
  const two =
    bundle !== undefined && from !== undefined ? ['--bundle', '--from'] : stage !== undefined && all ? ['--all', 'a stage'] : null;
  if (two === null) return;
  throw new Problem({
    what: `${two.join(' and ')} exclude each other.`,
    why: '',
    do: `leave ${two[0] ?? ''} out`,
    code: 'E_TWO_WAYS',
    exit: 2,
  });
}

/** Checks a bundle and unpacks it; says its SHA-256 before anything of it is installed. */
async function openBundle(file: string, folder: string, { io }: Context): Promise<UnpackedBundle> {
  const target = resolve(file);
  const unpacked = await unpackBundle(target, folder, REPO_FOLDER);
  const { made, lab } = unpacked.manifest;
  io.err.write(`bundle   of ${made.slice(0, 10)}, loadstair ${lab}\n         sha256 ${await fileSha256(target)}\n`);
  return unpacked;
}

async function pack(file: string, tools: readonly string[], { io, environment }: Context): Promise<WrittenBundle> {
  return writeBundle(file, {
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    version: labVersion(),
    tools,
    environment: { ...environment },
    onProgress: progressLines(io),
  });
}

function bundleLines({ file, bytes, sha256, parts }: WrittenBundle): string[] {
  return [
    `bundle   ${file}   ${megabytes(bytes)}`,
    `         npm ${megabytes(parts.npm)} · Debian ${megabytes(parts.debian)} · programs ${megabytes(parts.programs)}`,
    `         sha256 ${sha256}`,
    '         on the other machine: ./lab prepare --from FILE --yes',
  ];
}

const megabytes = (bytes: number): string => `${Math.round(bytes / MB)} MB`;
