import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, until, type StartedProcess } from '@loadstair/kit/node';
import { confined, findTool, userIds } from '@loadstair/runtime';
import { z } from 'zod';
import { oneAfterTheOther } from './bounded.ts';
import type { LabConfig } from './config.ts';
import { LabProblem } from './problem.ts';
import type { StartedPrometheus } from './prometheus-process.ts';

/**
 * The series of sites that have ended, in one Prometheus of their own. Blocks are moved and not written again, because an import of
 * series loses native histograms. That Prometheus runs only while somebody reads: a measurement never shares the machine with it.
 */
export interface StoredSeries {
  /** Keeps a copy of everything a Prometheus has so far. A copy that cannot be made is reported as a warning. */
  take(prometheus: Pick<StartedPrometheus, 'url' | 'data'>): Promise<void>;
  /** Where the stored series are queried; starts Prometheus when it does not run. Throws LabProblem. */
  url(): Promise<string>;
  /** Ends Prometheus; the series stay. Idempotent. */
  stop(): Promise<void>;
}

/** A port of loopback that no host uses, and that a site may not find taken: hosts listen on addresses of their instance. */
const LISTEN = '127.0.0.1:4589';
/** The oldest series go first; a quick run has some 5 MB. */
const MOST = ['--storage.tsdb.retention.size=1GB', '--storage.tsdb.retention.time=1y'];
const SNAPSHOT_WITHIN_MS = 30_000;
const READY_WITHIN_MS = 30_000;
const SNAPSHOT = z.object({ data: z.object({ name: z.string().regex(/^[\w-]+$/) }) });

/** @param listen address and port of the Prometheus of stored series */
export function createStoredSeries(config: Pick<LabConfig, 'instance' | 'labFolder' | 'path'>, listen = LISTEN): StoredSeries {
  const folder = join(config.labFolder, 'series');
  const blocks = join(folder, 'data');
  const user = process.getuid?.() === 0 ? userIds(config.instance).part('prometheus') : null;
  const inTurn = oneAfterTheOther();
  let running: StartedProcess | null = null;

  const end = async (): Promise<void> => {
    await running?.stop();
    running = null;
  };
  const start = async (): Promise<StartedProcess> => {
    const found = await findTool('prometheus', config);
    if (found.state !== 'found') throw notReadable('Prometheus was not found', './lab doctor');
    makeFolders();
    const configFile = join(folder, 'prometheus.json');
    // It scrapes nothing.
    writeFileSync(configFile, '{}');
    const child = startProcess(
      ...confined({ user, view: [] }, found.path, [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${blocks}`,
        `--web.listen-address=${listen}`,
        '--web.cors.origin=^$',
        ...MOST,
        '--enable-feature=native-histograms,exemplar-storage',
        '--log.level=warn',
      ]),
      { cwd: blocks, env: { PATH: config.path } },
    );
    const death = new AbortController();
    void child.ended.then(() => death.abort(new Error('it ended at once')));
    const ready = async (signal: AbortSignal): Promise<boolean> => (await fetch(`http://${listen}/-/ready`, { signal })).ok;
    try {
      await until(ready, { what: 'stored series can be read', timeoutMs: READY_WITHIN_MS, signal: death.signal });
      return child;
    } catch (error) {
      await child.stop();
      throw notReadable((error as Error).message, `see whether a program listens on ${listen}, or remove ${folder}`);
    }
  };
  const makeFolders = (): void => {
    mkdirSync(blocks, { recursive: true });
    if (user !== null) chownSync(blocks, user, user);
  };

  return {
    take: ({ url, data }) =>
      inTurn(async () => {
        try {
          const answer = await fetch(`${url}/api/v1/admin/tsdb/snapshot`, {
            method: 'POST',
            signal: AbortSignal.timeout(SNAPSHOT_WITHIN_MS),
          });
          const { name } = SNAPSHOT.parse(await answer.json()).data;
          const snapshot = join(data, 'snapshots', name);
          // It would not see new blocks before its next look at its folder, a minute later.
          await end();
          makeFolders();
          for (const block of readdirSync(snapshot)) renameSync(join(snapshot, block), join(blocks, block));
          rmSync(snapshot, { recursive: true });
        } catch (error) {
          process.emitWarning(`The series of this site were not stored: ${(error as Error).message}`);
        }
      }),
    url: () =>
      inTurn(async () => {
        if (running?.running !== true) running = await start();
        return `http://${listen}`;
      }),
    stop: () => inTurn(end),
  };
}

function notReadable(why: string, remedy: string): LabProblem {
  return new LabProblem(503, { what: 'Stored series cannot be read.', why, do: remedy, code: 'E_STORED_SERIES', exit: 1 });
}
