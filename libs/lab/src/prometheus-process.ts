import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { prometheusConfig, type ScrapeTarget } from '@loadstair/measure';
import type { RunningSite } from '@loadstair/runtime';
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
  /** Starts it. */
  readonly site: Pick<RunningSite, 'startProgram' | 'userOf' | 'isolation'>;
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
  const setTargets = (targets: readonly ScrapeTarget[]): void => {
    writeFileSync(`${targetsFile}.new`, JSON.stringify(targets));
    renameSync(`${targetsFile}.new`, targetsFile);
  };
  setTargets(options.targets);
  writeFileSync(configFile, prometheusConfig({ labTarget: options.labTarget, targetsFile, ruleFiles: options.ruleFiles }));

  const listen = `${options.address}:${PORTS.prometheus}`;
  const data = join(options.folder, 'data');
  mkdirSync(data);
  const user = options.site.userOf('prometheus');
  if (user !== null) chownSync(data, user, user);
  let died: string | null = null;
  const child = options.site.startProgram(
    'prometheus',
    {
      command: options.program,
      args: [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${data}`,
        `--web.listen-address=${listen}`,
        // No page of another site may read it: no origin has an empty name.
        '--web.cors.origin=^$',
        // k6 writes to it. Where strangers are not kept out, they could too.
        ...(options.site.isolation.state === 'on' ? ['--web.enable-remote-write-receiver'] : []),
        '--enable-feature=native-histograms,exemplar-storage',
        '--log.level=warn',
      ],
      cwd: options.folder,
      env: {},
    },
    (detail) => {
      died = detail;
      options.onDeath(detail);
    },
  );
  const stop = async (): Promise<void> => {
    await child.stop('SIGTERM', STOP_WITHIN_MS);
    // What a run needs of it is in its folder by then.
    rmSync(options.folder, { recursive: true, force: true });
  };

  const url = `http://${listen}`;
  const begun = Date.now();
  for (;;) {
    if (options.signal.aborted) {
      await stop();
      options.signal.throwIfAborted();
    }
    if (died !== null || Date.now() - begun > READY_WITHIN_MS) {
      await stop();
      throw new LabProblem(500, {
        what: 'Prometheus did not start.',
        why: died ?? `not ready after ${READY_WITHIN_MS / 1000} s`,
        do: `see ${join(options.folder, '..', 'lab.log')}`,
        code: 'E_PROMETHEUS',
        exit: 1,
      });
    }
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { url, pid: child.pid, setTargets, stop };
    await delay(50);
  }
}
