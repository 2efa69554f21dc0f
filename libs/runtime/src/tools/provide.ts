import type { ToolPaths } from '@loadstair/components';
import { toolOf } from './catalogue.ts';
import { findTool, type ToolReport } from './find.ts';
import { buildGo, findGo, goWords, needGo, type GoReport } from './go.ts';
import { installPackages, isRoot, mendMachine, type Progress } from './packages.ts';
import { ToolsMissing, type MissingTool } from './tools-missing.ts';

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
  } | null;
}

/** Paths of all tools; installs what is missing when that is agreed. Throws ToolsMissing. */
export async function provideTools(names: readonly string[], options: ProvideOptions): Promise<ToolPaths> {
  const { install, labFolder } = options;
  const signal = install?.signal ?? new AbortController().signal;
  const environment = process.env;
  const installing = { labFolder, environment, signal, onProgress: install?.onProgress ?? (() => {}) };
  if (install !== null) await mendMachine(installing);
  const reports = await Promise.all(names.map((name) => findTool(name, options)));
  const absent = reports.filter((report) => report.state !== 'found');
  if (absent.length === 0) return pathsOf(reports);
  if (install === null) throw new ToolsMissing(absent.map((report) => describeMissing(report)));

  const go = await (install.findGo?.() ?? findGo(options.path, { environment }));
  const missing = absent.map((report) => describeMissing(report, go));
  // Before a question is asked and a package installed: without Go, the rest is of no use.
  const program = needGo(go, missing);
  if (!(await install.agree(missing))) throw new ToolsMissing(missing);
  signal.throwIfAborted();

  const packages = missing.filter((tool) => tool.how === 'apt');
  if (packages.length > 0) await installPackages(packages, installing);
  for (const tool of missing.filter((each) => each.how === 'go')) {
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

function describeMissing({ name, ...report }: ToolReport, go?: GoReport): MissingTool {
  const { source } = toolOf(name);
  const note = report.state === 'unsupported' ? `${report.version} is installed, ${report.wanted} is needed` : '';
  if (source.how === 'apt') {
    // With sudo, apt has no policy file of ours.
    const services = isRoot() ? 'no service starts, now or at boot' : 'its service starts';
    return { name, from: source.pack, how: 'apt', note: note || `${source.sizeText}, ${services}` };
  }
  if (source.how === 'go')
    return { name, from: source.module, how: 'go', note: note || `built here${go === undefined ? '' : ` with ${goWords(go)}`}` };
  return { name, from: 'package-lock.json', how: 'npm', note };
}

function pathsOf(reports: readonly ToolReport[]): ToolPaths {
  return Object.fromEntries(reports.flatMap((report) => (report.state === 'found' ? [[report.name, report.path]] : [])));
}

/** The one command that mends a missing tool. */
export function mendCommand(name: string): string {
  const { source } = toolOf(name);
  const sudo = isRoot() ? '' : 'sudo ';
  if (source.how === 'apt') return `${sudo}apt-get install --no-install-recommends ${source.pack}`;
  if (source.how === 'go') return `(cd tools && go build -o ../.lab/bin/${name} ${source.module})`;
  return 'npm ci';
}
