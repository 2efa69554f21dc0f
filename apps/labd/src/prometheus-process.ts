import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { prometheusConfig, type ScrapeTarget } from '@loadstair/measure';
import { PORTS } from '@loadstair/topology';
import { LabProblem } from './problem.ts';

export interface StartedPrometheus {
  readonly url: string;
  readonly pid: number;
  /** Hosts came or went; picked up within the refresh interval, no restart. */
  setTargets(targets: readonly ScrapeTarget[]): void;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 5_000;

/** Starts an empty Prometheus for one site. Its data is kept only as what the run folder copies from it. */
export async function startPrometheus(options: {
  readonly program: string;
  readonly folder: string;
  readonly address: string;
  readonly labTarget: string;
  readonly ruleFiles: readonly string[];
  readonly targets: readonly ScrapeTarget[];
  readonly onDeath: (detail: string) => void;
  readonly signal: AbortSignal;
}): Promise<StartedPrometheus> {
  rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(options.folder, { recursive: true });
  const configFile = join(options.folder, 'prometheus.json');
  const targetsFile = join(options.folder, 'targets.json');
  const logFile = join(options.folder, 'prometheus.log');
  const setTargets = (targets: readonly ScrapeTarget[]): void => {
    writeFileSync(`${targetsFile}.new`, JSON.stringify(targets));
    renameSync(`${targetsFile}.new`, targetsFile);
  };
  setTargets(options.targets);
  writeFileSync(configFile, prometheusConfig({ labTarget: options.labTarget, targetsFile, ruleFiles: options.ruleFiles }));

  const listen = `${options.address}:${PORTS.prometheus}`;
  const child = spawn(
    options.program,
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(options.folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--web.enable-remote-write-receiver',
      '--enable-feature=native-histograms,exemplar-storage',
      '--log.level=warn',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: options.folder },
  );
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'exit');
  exited.catch(() => {});
  let stopping = false;
  child.once('exit', (code, signal) => {
    log.end();
    if (!stopping) options.onDeath(`ended by itself (${signal ?? `code ${code}`})`);
  });
  const stop = async (): Promise<void> => {
    if (stopping) return void (await exited.catch(() => {}));
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(killer);
  };

  const url = `http://${listen}`;
  const begun = Date.now();
  for (;;) {
    if (options.signal.aborted) {
      await stop();
      options.signal.throwIfAborted();
    }
    if (child.exitCode !== null || Date.now() - begun > READY_WITHIN_MS) {
      await stop();
      throw new LabProblem(500, {
        what: 'Prometheus did not start.',
        why: child.exitCode === null ? `not ready after ${READY_WITHIN_MS / 1000} s` : `it ended with code ${child.exitCode}`,
        do: `see ${logFile}`,
        code: 'E_PROMETHEUS',
        exit: 1,
      });
    }
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { url, pid: child.pid as number, setTargets, stop };
    await delay(50);
  }
}
