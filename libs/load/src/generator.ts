import { chownSync, existsSync, openSync, closeSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '@loadstair/kit';
import { startProcess } from '@loadstair/kit/node';
import { parseLine, type GeneratorLine } from './rows.ts';
import type { LoadPlan } from '@loadstair/loadprofiles';

export interface GeneratorOptions {
  readonly k6: string;
  /** Where the plan and k6's output go. */
  readonly folder: string;
  readonly repoFolder: string;
  /** Wraps a program so that it runs as a client of the lab: own DNS, own group. */
  readonly clientCommand: (
    command: string,
    args: readonly string[],
  ) => { readonly command: string; readonly args: readonly string[]; readonly user: number | null };
  /** Addresses the load comes from, as k6 takes them: `127.7.200.1-127.7.200.20`. */
  readonly clientAddresses: string;
  /** Prometheus to send k6's metrics to, or null. */
  readonly prometheusUrl: string | null;
  readonly onLine: (line: GeneratorLine) => void;
}

export interface RunningGenerator {
  /** Resolves when k6 has ended and every line was handed on; rejects with GeneratorFailed. */
  readonly ended: Promise<void>;
  /** Ends it early, as asked; idempotent. */
  stop(): Promise<void>;
}

/** k6 could not do what it was asked; carries its own last words. */
export class GeneratorFailed extends Problem {
  constructor(exitCode: number | null, signal: NodeJS.Signals | null, words: string, log: string) {
    // A signal is a reason by itself: the last line of a log is not its cause.
    const why = signal === null ? `k6 exited with code ${exitCode}: ${words}` : `k6 was killed by ${signal}`;
    super({ what: 'The load generator failed.', why, do: `see ${log}`, code: 'E_K6', exit: 1 });
  }
}

const POLL_MS = 200;
const STOP_MS = 4_000;
/** k6: thresholds crossed. The lab judges by itself, so that is no failure (k6 docs, "exit codes"). */
const THRESHOLDS_CROSSED = 99;

/** Runs one plan with k6, and hands on what it writes as it writes it. */
export function startGenerator(plan: LoadPlan, options: GeneratorOptions): RunningGenerator {
  const name = `${plan.steps[0]?.kind ?? 'load'}`;
  const planFile = join(options.folder, `plan-${name}.json`);
  const rowsFile = join(options.folder, `k6-${name}.rows`);
  const logFile = join(options.folder, `k6-${name}.log`);
  writeFileSync(planFile, JSON.stringify(plan));
  writeFileSync(rowsFile, '');
  const log = openSync(logFile, 'w');
  const { command, args, user } = options.clientCommand(options.k6, [
    'run',
    '--quiet',
    '--no-color',
    '--summary-mode=disabled',
    '--log-format=raw',
    `--console-output=${rowsFile}`,
    `--local-ips=${options.clientAddresses}`,
    ...(options.prometheusUrl === null ? [] : ['--out=experimental-prometheus-rw', '--features=native-histograms']),
    join(options.repoFolder, 'loadprofiles', 'main.ts'),
  ]);
  // It opens the file itself, and runs without rights.
  if (user !== null) chownSync(rowsFile, user, user);
  const child = startProcess(command, args, {
    output: log,
    cwd: options.folder,
    detached: true,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: options.folder,
      // k6's collector stops its virtual users for 10–20 ms every 3 s otherwise, and arrivals begin late
      // (docs/decisions/k6-runs-with-gogc-1000.md).
      GOGC: '1000',
      GOMEMLIMIT: '1500MiB',
      LOADSTAIR_PLAN: planFile,
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
      ...(options.prometheusUrl === null
        ? {}
        : {
            K6_PROMETHEUS_RW_SERVER_URL: `${options.prometheusUrl}/api/v1/write`,
            K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM: 'true',
            K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
          }),
    },
  });
  closeSync(log);
  let asked = false;
  const follow = followFile(rowsFile, (line) => {
    const parsed = parseLine(line);
    if (parsed !== null) options.onLine(parsed);
  });
  const ended = child.ended.then(async ({ code, signal, failed }) => {
    await follow.stop();
    if (failed !== null) throw failed;
    if (asked || code === 0 || code === THRESHOLDS_CROSSED) return;
    throw new GeneratorFailed(code, signal, lastWords(logFile), logFile);
  });
  // Somebody may only look at it after it has failed.
  ended.catch(() => {});
  return {
    ended,
    async stop() {
      asked = true;
      await child.stop('SIGINT', STOP_MS);
      await ended;
    },
  };
}

/** Hands on the whole lines of a file as it grows. */
function followFile(file: string, onLine: (line: string) => void): { stop(): Promise<void> } {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(256 * 1024);
  let rest = '';
  let stopping = false;
  const readAll = (): void => {
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      const lines = (rest + buffer.toString('latin1', 0, size)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
  };
  const loop = (async () => {
    while (!stopping) {
      readAll();
      await delay(POLL_MS);
    }
    readAll();
    closeSync(descriptor);
  })();
  return {
    async stop() {
      stopping = true;
      await loop;
    },
  };
}

function lastWords(file: string): string {
  if (!existsSync(file)) return 'nothing';
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(16_384);
  const size = readSync(descriptor, buffer);
  closeSync(descriptor);
  return buffer.toString('utf8', 0, size).trim().split('\n').slice(-3).join(' | ') || 'nothing';
}
