import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(import.meta.dirname, '../../../..');
export const LAB_FOLDER = join(REPOSITORY, '.lab');

/** Exit status of what the validity gate refused (ux.md §7); a number of its own here, so that tests see it change. */
export const REFUSED = 3;

/** How a command line ended, and all it wrote. */
export interface Ended {
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `./lab` that runs. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Command that starts it, with what goes before: `['setpriv', '--no-new-privs']`. */
  readonly under?: readonly string[];
}

/** Starts what the file `lab` at the top starts, without looking for Node and packages first. */
export function startLab(args: readonly string[], { env = {}, under = [] }: CommandOptions = {}): RunningCommand {
  const main = join(REPOSITORY, 'apps/cli/src/main.ts');
  const [program = '', ...words] = [
    ...under,
    process.execPath,
    '--conditions=@loadstair/source',
    '--disable-warning=ExperimentalWarning',
    main,
    ...args,
  ];
  const child = spawn(program, words, {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LANG: 'C.UTF-8', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: new Promise((done, fail) => {
      child.once('error', fail);
      // `close` comes after the last output, `exit` may come before.
      child.once('close', (status) => done({ status, stdout, stderr }));
    }),
  };
}

/** Runs one command line to its end. */
export function lab(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return startLab(args, options).ended;
}

/** Runs one that must succeed; what it wrote on stdout. */
export async function labOk(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await lab(args);
  if (status !== 0) throw new Error(`./lab ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

export interface StatusJson {
  readonly instance: number;
  readonly pid: number | null;
  readonly url: string | null;
  readonly stage: number | null;
  readonly hosts: readonly StatusHost[];
  readonly run: string | null;
}

export interface StatusHost {
  readonly name: string;
  readonly tier: string;
  readonly address: string;
  readonly publicAddress: string | null;
  readonly state: string;
  readonly role: string | null;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly components: readonly { readonly kind: string; readonly pid: number | null }[];
  readonly sinceMs: number;
}

export async function statusOf(instance: number): Promise<StatusJson> {
  return JSON.parse(await labOk('status', '--json', '--instance', String(instance))) as StatusJson;
}
