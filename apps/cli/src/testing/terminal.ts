import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { REPOSITORY, type Ended } from './lab-command.ts';

/** A `./lab` that a person sits before: its stdin, stdout and stderr are one terminal of 80 columns. */
export interface Terminal {
  /** What has been shown since the last thing that was waited for, once it matches. */
  until(pattern: RegExp, timeoutMs: number): Promise<string>;
  /** Types a line. */
  type(line: string): void;
  readonly ended: Promise<Ended>;
  /** The window is shut, if it is still open. */
  close(): void;
  /** Everything so far, without escape sequences. */
  shown(): string;
}

interface Elsewhere {
  /** Folder of the checkout; this one when it is left out. */
  readonly checkout?: string;
  /** Command that starts it, with what goes before. */
  readonly under?: readonly string[];
  readonly home?: string;
}

/** One word for a shell, whatever stands in it. */
function asWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * @param path where its programs are looked for
 * @param staysS how long its labd stays when it is idle; 0 ends it with the command
 */
export function startInTerminal(
  args: readonly string[],
  path = process.env['PATH'] ?? '',
  staysS = 0,
  { checkout = REPOSITORY, under = [], home = process.env['HOME'] ?? '/' }: Elsewhere = {},
): Terminal {
  const words = [
    '--conditions=@loadstair/source',
    '--disable-warning=ExperimentalWarning',
    join(checkout, 'apps/cli/src/main.ts'),
    ...args,
  ];
  const command = `stty cols 80 rows 40; exec ${[process.execPath, ...words].map(asWord).join(' ')}`;
  const [program = '', ...rest] = [...under, 'script', '--quiet', '--return', '--flush', '--command', command, '/dev/null'];
  const child = spawn(program, rest, {
    cwd: checkout,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: path,
      HOME: home,
      LANG: 'C.UTF-8',
      TERM: 'xterm',
      NO_COLOR: '1',
      SHELL: '/bin/sh',
      LOADSTAIR_STAYS_S: String(staysS),
    },
  });
  let raw = '';
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
  const shown = (): string => raw.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '');
  return {
    shown,
    until: (pattern, timeoutMs) =>
      eventually(`${pattern} is shown`, timeoutMs, () => {
        const fresh = shown().slice(seen);
        const found = pattern.exec(fresh);
        if (found === null) return child.exitCode === null ? null : failed(pattern, shown());
        seen += found.index + found[0].length;
        return fresh.slice(0, found.index + found[0].length);
      }),
    type: (line) => void child.stdin.write(`${line}\r`),
    // `script` ends its command on SIGTERM; SIGHUP it does not hear.
    close: () => void child.kill('SIGTERM'),
    ended: new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (status) => done({ status, stdout: shown(), stderr: '' }));
    }),
  };
}

function failed(pattern: RegExp, shown: string): never {
  throw new Error(`It ended before ${pattern} was shown:\n${shown.slice(-3000)}`);
}
