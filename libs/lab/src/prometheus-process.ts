import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotInTime, until, writeWhole } from '@loadstair/kit/node';
import { prometheusConfig, type ScrapeTarget } from '@loadstair/measure';
import type { RunningSite } from '@loadstair/runtime';
import { PORTS } from '@loadstair/topology';
import { LabProblem } from './problem.ts';

export interface StartedPrometheus {
  readonly url: string;
  readonly pid: number;
  /** Where it keeps its series; removed when it stops. */
  readonly data: string;
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
  /** Whether copies of its series can be made. Only the lab and its clients reach it. */
  readonly snapshots: boolean;
  readonly onDeath: (detail: string) => void;
  readonly signal: AbortSignal;
}): Promise<StartedPrometheus> {
  rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(options.folder, { recursive: true });
  const configFile = join(options.folder, 'prometheus.json');
  const targetsFile = join(options.folder, 'targets.json');
  const setTargets = (targets: readonly ScrapeTarget[]): void => {
    writeWhole(targetsFile, JSON.stringify(targets), { lasting: false });
  };
  setTargets(options.targets);
  writeFileSync(configFile, prometheusConfig({ labTarget: options.labTarget, targetsFile, ruleFiles: options.ruleFiles }));

  const listen = `${options.address}:${PORTS.prometheus}`;
  const data = join(options.folder, 'data');
  mkdirSync(data);
  const user = options.site.userOf('prometheus');
  if (user !== null) chownSync(data, user, user);
  const death = new AbortController();
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
        ...(options.snapshots ? ['--web.enable-admin-api'] : []),
        '--enable-feature=native-histograms,exemplar-storage',
        '--log.level=warn',
      ],
      cwd: options.folder,
      env: {},
    },
    (detail) => {
      death.abort(new Error(detail));
      options.onDeath(detail);
    },
  );
  const stop = async (): Promise<void> => {
    await child.stop('SIGTERM', STOP_WITHIN_MS);
    // What a run needs of it is in its folder by then.
    rmSync(options.folder, { recursive: true, force: true });
  };

  const url = `http://${listen}`;
  const ready = async (signal: AbortSignal): Promise<boolean> => (await fetch(`${url}/-/ready`, { signal })).ok;
  try {
    await until(ready, {
      what: 'Prometheus is ready',
      timeoutMs: READY_WITHIN_MS,
      signal: AbortSignal.any([options.signal, death.signal]),
    });
  } catch (error) {
    await stop();
    options.signal.throwIfAborted();
    throw new LabProblem(500, {
      what: 'Prometheus did not start.',
      why: error instanceof NotInTime ? `not ready after ${READY_WITHIN_MS / 1000} s` : (error as Error).message,
      do: `see ${join(options.folder, '..', 'lab.log')}`,
      code: 'E_PROMETHEUS',
      exit: 1,
    });
  }
  return { url, pid: child.pid, data, setTargets, stop };
}
