import { chmodSync, copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolPaths } from '@loadstair/components';
import { toolOf } from './catalogue.ts';
import { distributionOf, installCommand, packageName, type Family } from './distribution.ts';
import { findTool, type ToolReport } from './find.ts';
import { buildGo, findGo, goWords, needGo, type GoReport } from './go.ts';
import { installPackages, isRoot, mendMachine, type Progress } from './packages.ts';
import { ToolsMissing, type MissingTool } from './tools-missing.ts';

const PROGRAM_MODE = 0o755;

/** What a bundle brings, unpacked. */
export interface BundleSource {
  /** Options by which apt installs its Debian packages; null when it has none. */
  readonly aptOptions: readonly string[] | null;
  /** Folder with the programs that Go built. */
  readonly programs: string;
}

export interface ProvideOptions {
  readonly repoFolder: string;
  readonly labFolder: string;
  readonly path: string;
  /** Null: find only, install nothing. */
  readonly install: {
    /** Asked once with what is missing; false leaves everything as it is. */
    readonly agree: (missing: readonly MissingTool[]) => Promise<boolean>;
    readonly onProgress: Progress;
    /** Ends what is being installed in good order; then provideTools throws its reason. */
    readonly signal?: AbortSignal;
    /** Looks for Go; a test may give its own. */
    readonly findGo?: () => Promise<GoReport>;
    /** Asked before anything is downloaded, when something is missing; throws where the machine can do nothing with it. */
    readonly checkMachine?: () => Promise<void>;
    /** Null and left out: from the network. */
    readonly bundle?: BundleSource | null;
  } | null;
}

/** Paths of all tools; installs what is missing when that is agreed. Throws ToolsMissing. */
export async function provideTools(names: readonly string[], options: ProvideOptions): Promise<ToolPaths> {
  const { install, labFolder } = options;
  const signal = install?.signal ?? new AbortController().signal;
  const environment = process.env;
  const bundle = install?.bundle ?? null;
  const onProgress = install?.onProgress ?? (() => {});
  const installing = { labFolder, environment, signal, onProgress, fromBundle: bundle?.aptOptions ?? null };
  if (install !== null) await mendMachine(installing);
  const reports = await Promise.all(names.map((name) => findTool(name, options)));
  const absent = reports.filter((report) => report.state !== 'found');
  if (absent.length === 0) return pathsOf(reports);
  if (install === null) throw new ToolsMissing(absent.map((report) => describeMissing(report)));

  await install.checkMachine?.();
  const go = bundle === null ? await (install.findGo?.() ?? findGo(options.path, { environment })) : null;
  const missing = absent.map((report) => describeMissing(report, go === null ? 'from the bundle' : `built here with ${goWords(go)}`));
  const packages = missing.filter((tool) => tool.how === 'apt');
  // Before a question is asked and a package installed: without Go or apt, the rest is of no use.
  const program = go === null ? null : needGo(go, missing);
  if (packages.length > 0) needApt(packages, bundle);
  if (!(await install.agree(missing))) throw new ToolsMissing(missing);
  signal.throwIfAborted();

  if (packages.length > 0) await installPackages(packages, installing);
  for (const tool of missing.filter((each) => each.how === 'go')) {
    if (program === null) {
      if (bundle !== null) takeProgram(tool, bundle.programs, labFolder);
      continue;
    }
    const text = `building ${tool.name} with Go (about 1:20 the first time)`;
    install.onProgress(text, 'begun');
    await buildGo(tool, program, { ...options, environment, signal });
    install.onProgress(text, 'done');
  }
  const again = await Promise.all(names.map((name) => findTool(name, options)));
  const left = again.filter((report) => report.state !== 'found').map((report) => describeMissing(report));
  if (left.length > 0)
    throw new ToolsMissing(left, 'they were not found after the installation either; see .lab/log/apt.log and .lab/log/go.log');
  return pathsOf(again);
}

/** Packages are installed where `apt-get` installs them. Throws ToolsMissing elsewhere, with the command that does. */
function needApt(packages: readonly MissingTool[], bundle: BundleSource | null): void {
  const { family, title } = distributionOf();
  if (family !== 'debian') {
    const names = packages.map(({ from }) => from);
    throw new ToolsMissing(
      packages,
      `the lab installs packages on Debian and Ubuntu; this is ${title || 'another system'}`,
      `${isRoot() ? '' : 'sudo '}${installCommand(names, family)}, then run this again`,
    );
  }
  if (bundle !== null && bundle.aptOptions === null)
    throw new ToolsMissing(packages, 'the bundle has no Debian packages', 'make it on a Debian or Ubuntu of the same release');
}

/** Puts a program of a bundle among those that the lab built. Throws ToolsMissing. */
function takeProgram(tool: MissingTool, programs: string, labFolder: string): void {
  const target = join(labFolder, 'bin', tool.name);
  mkdirSync(join(labFolder, 'bin'), { recursive: true });
  try {
    copyFileSync(join(programs, tool.name), `${target}.new`);
  } catch (error) {
    throw new ToolsMissing([tool], `the bundle does not have it: ${(error as Error).message}`, 'make the bundle again');
  }
  chmodSync(`${target}.new`, PROGRAM_MODE);
  renameSync(`${target}.new`, target);
}

function describeMissing({ name, ...report }: ToolReport, built = 'built here'): MissingTool {
  const { source } = toolOf(name);
  const note = report.state === 'unsupported' ? `${report.version} is installed, ${report.wanted} is needed` : '';
  if (source.how === 'apt') {
    const { family } = distributionOf();
    // With sudo, apt has no policy file of ours.
    const services = isRoot() ? 'no service starts, now or at boot' : 'its service starts';
    return { name, from: packageName(source, family), how: 'apt', note: note || `${source.sizeText}, ${services}` };
  }
  if (source.how === 'go') return { name, from: source.module, how: 'go', note: note || built };
  return { name, from: 'package-lock.json', how: 'npm', note };
}

function pathsOf(reports: readonly ToolReport[]): ToolPaths {
  return Object.fromEntries(reports.flatMap((report) => (report.state === 'found' ? [[report.name, report.path]] : [])));
}

/** The one command that mends a missing tool. */
export function mendCommand(name: string, family: Family = distributionOf().family): string {
  const { source } = toolOf(name);
  const sudo = isRoot() ? '' : 'sudo ';
  if (source.how === 'apt') return `${sudo}${installCommand([packageName(source, family)], family)}`;
  if (source.how === 'go') return `(cd tools && go build -o ../.lab/bin/${name} ${source.module})`;
  return 'npm ci';
}
