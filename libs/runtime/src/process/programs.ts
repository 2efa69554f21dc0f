import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunOptions, Server } from '@loadstair/components';
import { startProcess } from '@loadstair/kit/node';
import { confined, quoted, type Confinement } from './confine.ts';
import { CLEAN_ENVIRONMENT } from './supervisor.ts';

const execute = promisify(execFile);
const MAX_OUTPUT_BYTES = 16 * 2 ** 20;

/** How programs run to their end beside the hosts'. */
export interface Aside extends Confinement {
  /** The lab's own folder for what lasts as long as a program. */
  readonly scratch: string;
}

/**
 * Runs a program to its end. It is in the group of labd, which started it, from its first instruction.
 *
 * @throws Error with what it wrote when it fails
 */
export async function runProgram(
  { scratch, ...confinement }: Aside,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const account = options.account === undefined ? null : accountFile(scratch, options.account, confinement.user);
  const view = [...confinement.view, ...(account === null ? [] : [`mount --bind ${quoted(account.file)} /etc/passwd`])];
  const [program, all] = options.asHost === true ? confined({ ...confinement, view }, command, args) : [command, [...args]];
  try {
    const { stdout } = await execute(program, all, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...CLEAN_ENVIRONMENT, ...options.env },
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  } catch (error) {
    const wrote = (error as { stderr?: string }).stderr?.trim().split('\n').slice(-12).join(' | ');
    throw new Error(`${command} failed: ${wrote === undefined || wrote === '' ? (error as Error).message : wrote}`);
  } finally {
    account?.remove();
  }
}

/** A list of accounts with one in it, for a program that looks up who it runs as (initdb does, and refuses without). */
function accountFile(scratch: string, name: string, user: number | null): { readonly file: string; remove(): void } | null {
  if (user === null) return null;
  const file = join(scratch, `passwd-${user}`);
  writeFileSync(file, `root:x:0:0::/root:/bin/sh\n${name}:x:${user}:${user}::/:/bin/sh\n`, { mode: 0o644 });
  return { file, remove: () => rmSync(file, { force: true }) };
}

/** Starts a server beside the host's own, in the group of labd. */
export function serveProgram(confinement: Confinement, command: string, args: readonly string[], cwd: string): Server {
  const [program, all] = confined(confinement, command, args);
  const child = startProcess(program, all, { cwd, env: CLEAN_ENVIRONMENT });
  return {
    get exitCode() {
      return child.end === null ? null : (child.end.code ?? -1);
    },
    async stop(signal) {
      await child.stop(signal, Infinity);
    },
  };
}
