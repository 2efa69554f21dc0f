import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, chmodSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolName, ToolPaths } from '@loadstair/components';
import { TOOLS } from './catalogue.ts';
import { findTool, type ToolReport } from './find.ts';

export interface ProvideOptions {
  readonly repoFolder: string;
  readonly labFolder: string;
  readonly path: string;
  /** Null: find only, install nothing. */
  readonly install: {
    /** Asked once with what is missing; false leaves everything as it is. */
    readonly agree: (missing: readonly MissingTool[]) => Promise<boolean>;
    readonly onProgress: (text: string, state: 'begun' | 'done') => void;
  } | null;
}

export interface MissingTool {
  readonly name: ToolName;
  /** Debian's package or Go's module. */
  readonly from: string;
  readonly how: 'apt' | 'go' | 'npm';
  readonly note: string;
}

/** Tools that are not there. Exit status 6. */
export class ToolsMissing extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_TOOLS';
  readonly exit = 6;
  constructor(missing: readonly MissingTool[], why?: string) {
    const names = missing.map((one) => one.name).join(', ');
    super(`Missing: ${names}.`);
    this.name = 'ToolsMissing';
    this.what = missing.length === 1 ? `${names} is missing.` : `${missing.length} programs are missing: ${names}.`;
    this.why = why ?? 'they were not found on this machine, and installing was not agreed to';
    this.do = 'add --yes to install them, or run the commands of ./lab doctor';
  }
}

const LISTS = '/var/lib/apt/lists';
const LISTS_OLD_MS = 24 * 3_600_000;
const POLICY = '/usr/sbin/policy-rc.d';
const POLICY_ASIDE = '/usr/sbin/policy-rc.d.loadstair-aside';

/** Paths of all tools; installs what is missing when that is agreed. Throws ToolsMissing. */
export async function provideTools(names: readonly ToolName[], options: ProvideOptions): Promise<ToolPaths> {
  const reports = await Promise.all(names.map((name) => findTool(name, options)));
  const missing = reports.filter((report) => report.state !== 'found').map(describeMissing);
  if (missing.length === 0) return pathsOf(reports);
  if (options.install === null || !(await options.install.agree(missing))) throw new ToolsMissing(missing);
  const { onProgress } = options.install;

  const packages = missing.filter((one) => one.how === 'apt');
  if (packages.length > 0) await installPackages(packages, options.labFolder, onProgress);
  for (const one of missing.filter((tool) => tool.how === 'go')) await buildGo(one, options, onProgress);
  const again = await Promise.all(names.map((name) => findTool(name, options)));
  const left = again.filter((report) => report.state !== 'found').map(describeMissing);
  if (left.length > 0) throw new ToolsMissing(left, 'they are still not found after installing; see .lab/log/apt.log and .lab/log/go.log');
  return pathsOf(again);
}

function describeMissing(report: ToolReport): MissingTool {
  const { source } = TOOLS[report.name];
  const note = report.state === 'unsupported' ? `${report.version} is there, ${report.wanted} is needed` : '';
  if (source.how === 'apt')
    return { name: report.name, from: source.pack, how: 'apt', note: note || `${source.sizeText}, no service is started` };
  if (source.how === 'go') return { name: report.name, from: source.module, how: 'go', note: note || 'built here' };
  return { name: report.name, from: 'package-lock.json', how: 'npm', note };
}

function pathsOf(reports: readonly ToolReport[]): ToolPaths {
  return Object.fromEntries(reports.flatMap((report) => (report.state === 'found' ? [[report.name, report.path]] : [])));
}

/** The one command that mends a missing tool. */
export function mendCommand(name: ToolName): string {
  const { source } = TOOLS[name];
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  if (source.how === 'apt') return `${sudo}apt-get install --no-install-recommends ${source.pack}`;
  if (source.how === 'go') return `(cd tools && go build -o ../.lab/bin/${name} ${source.module})`;
  return 'npm ci';
}

async function installPackages(
  packages: readonly MissingTool[],
  labFolder: string,
  onProgress: (text: string, state: 'begun' | 'done') => void,
): Promise<void> {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const log = logFile(labFolder, 'apt.log');
  const apt = (args: readonly string[]): Promise<void> => runLogged([...prefix, 'apt-get', ...args], log, packages, {});
  if (listsAreOld()) {
    onProgress('apt-get update', 'begun');
    await apt(['update']);
    onProgress('apt-get update', 'done');
  }
  const names = packages.map((one) => one.from);
  onProgress(`apt-get install ${names.join(' ')}`, 'begun');
  await withoutServices(() => apt(['install', '-y', '--no-install-recommends', ...names]));
  onProgress(`apt-get install ${names.join(' ')}`, 'done');
}

function listsAreOld(): boolean {
  try {
    return Date.now() - statSync(LISTS).mtimeMs > LISTS_OLD_MS || !existsSync(join(LISTS, 'partial'));
  } catch {
    return true;
  }
}

/**
 * While packages are installed, a policy file tells them to start no service (Debian policy, invoke-rc.d); one that was
 * there before is put back in every case.
 */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  const had = existsSync(POLICY);
  if (had) renameSync(POLICY, POLICY_ASIDE);
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
  chmodSync(POLICY, 0o755);
  try {
    await work();
  } finally {
    rmSync(POLICY, { force: true });
    if (had) renameSync(POLICY_ASIDE, POLICY);
  }
}

async function buildGo(
  tool: MissingTool,
  options: ProvideOptions,
  onProgress: (text: string, state: 'begun' | 'done') => void,
): Promise<void> {
  const bin = join(options.labFolder, 'bin');
  mkdirSync(bin, { recursive: true });
  const text = `building ${tool.name} with go (about 1:20 the first time)`;
  onProgress(text, 'begun');
  const target = join(bin, tool.name);
  await runLogged(['go', 'build', '-o', `${target}.new`, tool.from], logFile(options.labFolder, 'go.log'), [tool], {
    cwd: join(options.repoFolder, 'tools'),
  });
  renameSync(`${target}.new`, target);
  onProgress(text, 'done');
}

function logFile(labFolder: string, name: string): string {
  mkdirSync(join(labFolder, 'log'), { recursive: true });
  return join(labFolder, 'log', name);
}

function runLogged(
  [command = '', ...args]: readonly string[],
  log: string,
  tools: readonly MissingTool[],
  options: { readonly cwd?: string },
): Promise<void> {
  const descriptor = openSync(log, 'a');
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', descriptor, descriptor],
    env: { ...inheritedEnvironment(), DEBIAN_FRONTEND: 'noninteractive' },
  });
  closeSync(descriptor);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new ToolsMissing(tools, `${command} cannot be run: ${error.message}`)));
    child.once('exit', (code) => {
      if (code === 0) return resolve();
      const words = readFileSync(log, 'utf8').trim().split('\n').slice(-2).join(' | ');
      reject(new ToolsMissing(tools, `${command} ended with code ${code}: ${words}`));
    });
  });
}

/** Package managers need the user's own settings (proxy, cache folders). */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
