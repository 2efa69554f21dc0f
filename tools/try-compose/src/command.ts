import { startProcess, type StartedProcess } from '@loadstair/kit/node';

/** How a command ended, with what it wrote. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that has failed. */
export class CommandFailed extends Error {
  constructor(words: readonly string[], { status, stdout, stderr }: Ended) {
    const said = (stderr.trim() || stdout.trim()).split('\n').slice(-15).join('\n');
    super(`${words.join(' ')} ended with status ${status}${said === '' ? '' : `:\n${said}`}`);
    this.name = 'CommandFailed';
  }
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Shows what it writes as it comes, instead of keeping it. */
  readonly shown?: boolean;
}

const going = new Set<StartedProcess>();

/** Ends the commands that run now; whoever waits for one gets CommandFailed. */
export function endCommands(): void {
  for (const child of going) child.signal('SIGTERM');
}

/** Runs a program to its end, whatever its status is. */
export async function ended(words: readonly string[], { env, shown = false }: CommandOptions = {}): Promise<Ended> {
  const [command = '', ...args] = words;
  const child = startProcess(command, args, { output: shown ? 'inherit' : 'pipe', ...(env === undefined ? {} : { env }) });
  going.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const { code, failed } = await child.closed;
  going.delete(child);
  return { status: code ?? 1, stdout, stderr: failed === null ? stderr : failed.message };
}

/** Runs a program that must succeed. Gives its output without the last line break. Throws CommandFailed. */
export async function run(words: readonly string[], options: CommandOptions = {}): Promise<string> {
  const end = await ended(words, options);
  if (end.status !== 0) throw new CommandFailed(words, end);
  return end.stdout.trimEnd();
}
