import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAB_FOLDER, REPOSITORY, type Ended } from './lab-command.ts';

/** What belongs to this checkout only, or is linked instead of copied. */
const NOT_COPIED = new Set(['.git', '.nx', '.lab', 'node_modules', 'dist']);

export interface OddCheckout {
  readonly folder: string;
  /** Runs `./lab` of the checkout in a shell, after some words of it (`umask 077;`). */
  lab(args: readonly string[], odd?: { readonly first?: string; readonly env?: Readonly<Record<string, string>> }): Promise<Ended>;
  remove(): void;
}

/** A copy of the lab in a folder of an odd name below one that only root may enter; its packages are the same files. */
export function oddCheckout(name: string): OddCheckout {
  const top = mkdtempSync(join(tmpdir(), 'odd-'));
  chmodSync(top, 0o700);
  const folder = join(top, name);
  mkdirSync(join(folder, '.lab'), { recursive: true });
  for (const entry of readdirSync(REPOSITORY).filter((one) => !NOT_COPIED.has(one))) {
    cpSync(join(REPOSITORY, entry), join(folder, entry), { recursive: true, verbatimSymlinks: true });
  }
  execFileSync('cp', ['-al', join(REPOSITORY, 'node_modules'), join(folder, 'node_modules')]);
  for (const kept of ['bin', 'npm-ci.stamp'].filter((one) => existsSync(join(LAB_FOLDER, one)))) {
    cpSync(join(LAB_FOLDER, kept), join(folder, '.lab', kept), { recursive: true });
  }
  return {
    folder,
    lab(args, { first = '', env = {} } = {}) {
      return new Promise((resolve, reject) => {
        const child = spawn('bash', ['-c', `${first} exec ./lab "$@"`, 'bash', ...args], {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: process.env['PATH'] ?? '', ...env },
        });
        let [stdout, stderr] = ['', ''];
        child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
        child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
        child.once('error', reject);
        child.once('close', (status) => resolve({ status, stdout, stderr }));
      });
    },
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}
