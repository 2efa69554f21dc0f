import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { openPlan, type PlanSource } from '@loadstair/site-plan/source';
import { createLogger, createMetrics, METRICS, startTracing, type Logger, type Metrics } from '@loadstair/telemetry';
import type { ProgramConfig } from './config.ts';
import { listenAt } from './listen.ts';
import { watchProcess } from './process-watch.ts';
import { startStats, type OwnStats } from './stats.ts';
import { exposeTotals } from './totals.ts';

/** What every program of ours has: peers, a log, and what the lab reads of it. */
export interface Program {
  /** Name of the host it runs on. */
  readonly host: string;
  readonly log: Logger;
  readonly plan: PlanSource;
  /** Null where nobody reads metrics. */
  readonly metrics: Metrics | null;
  /** Work that nobody waits for has failed. */
  readonly onError: (error: unknown) => void;
  /**
   * From now on the lab reads these counts, together with those of the process.
   *
   * @param own changes in place while the program runs
   */
  report(own: OwnStats): void;
  /** Ends what it began and sends the spans that are left; after the program's own work has ended. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Reads the plan and starts telemetry. Modules that are to be traced must be imported afterwards.
 *
 * @param service name of the program, `site` for example
 * @throws PlanUnreadable
 */
export async function startProgram(service: string, config: ProgramConfig): Promise<Program> {
  const log = createLogger({ host: config.host, component: service });
  const tracing = config.otlp === null ? null : startTracing({ endpoint: config.otlp, host: config.host, service });
  const plan = await openPlan(config.plan, (error) =>
    log.warn({ err: error }, 'the plan of peers cannot be read; the previous one stays in use'),
  );
  const metrics = config.metricsListen === null ? null : createMetrics('openmetrics');
  // Nobody would read it in a bare program.
  const watch = metrics === null && config.statsFile === null ? null : watchProcess();
  if (metrics !== null && watch !== null) {
    exposeTotals(metrics, [
      [METRICS.loopActive, () => watch.loop().activeSeconds],
      [METRICS.loopIdle, () => watch.loop().idleSeconds],
      [METRICS.gc, () => watch.gcSeconds()],
    ]);
  }
  const server = metrics === null || config.metricsListen === null ? null : await listenAt(metricsServer(metrics), config.metricsListen);
  let stats: { stop(): void } | null = null;
  let stopped: Promise<void> | null = null;
  return {
    host: config.host,
    log,
    plan,
    metrics,
    onError: (error) => log.warn({ err: error }, 'background work failed; it is retried'),
    report(own) {
      if (config.statsFile === null || watch === null || stats !== null) return;
      stats = startStats(config.statsFile, () => ({
        atMs: Date.now(),
        pid: process.pid,
        eventLoop: watch.loop(),
        gcSeconds: watch.gcSeconds(),
        ...own,
      }));
    },
    stop() {
      stopped ??= (async () => {
        plan.stop();
        stats?.stop();
        watch?.stop();
        if (server !== null) await close(server);
        log.info('stopped');
        await tracing?.stop();
      })();
      return stopped;
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

function metricsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.expose().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}
