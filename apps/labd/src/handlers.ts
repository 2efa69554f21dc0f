import type { Request } from 'express';
import {
  createSearches,
  createStoredRuns,
  kept,
  LabProblem,
  oneAfterTheOther,
  type Benches,
  type Confirmations,
  type Lab,
  type Readings,
} from '@loadstair/lab';
import { hasKey } from './access.ts';
import type { IdleEnd } from './idle-end.ts';
import { streamEvents } from './http/event-stream.ts';
import { streamLog } from './http/log-tail.ts';
import { sendExport } from './http/send-export.ts';
import { sendReport } from './http/send-report.ts';
import { labHandlers } from './labs/handlers.ts';
import type { Handlers } from './routes.ts';

const HEALTH_KEPT_MS = 30_000;
/** However many look at them, Prometheus is asked no more often; its rules are evaluated every 5 s. */
const ALERTS_KEPT_MS = 2_000;

/** What stands behind the API. */
export interface Behind {
  readonly lab: Lab;
  readonly benches: Benches;
  readonly confirmations: Confirmations;
  readonly readings: Readings;
  /** Where runs and learners' progress are kept. */
  readonly labFolder: string;
  readonly token: string;
  readonly idle: IdleEnd;
  readonly onShutdown: () => void;
}

export function handlersOf({ lab, benches, confirmations, readings, labFolder, token, idle, onShutdown }: Behind): Handlers {
  const health = kept(() => readings.health(), HEALTH_KEPT_MS);
  const alerts = kept(() => lab.alerts(), ALERTS_KEPT_MS);
  const exportInTurn = oneAfterTheOther();
  const searches = createSearches(lab);
  const storedRuns = createStoredRuns(labFolder, (run) =>
    lab.status().run === run ? 'it is going' : confirmations.isGoing(run) ? 'it is being confirmed' : null,
  );
  /** What takes CPU time disturbs a measurement: who has no key waits until the measurement has ended. */
  const needQuiet = (request: Request, what: string): void => {
    const { run, instance } = lab.status();
    if (run === null || hasKey(request, token)) return;
    throw new LabProblem(409, {
      what: `A run is in progress in instance ${instance}.`,
      why: `${what} takes CPU time and would disturb run ${run}`,
      do: 'wait until the run has ended, or use the address with the key that ./lab console prints',
      code: 'E_RUNNING',
      exit: 1,
    });
  };
  return {
    ...labHandlers(lab, labFolder),
    'GET /api/status': () => ({ ...lab.status(), endsAtMs: idle.endsAtMs }),
    'POST /api/site': ({ body }) => lab.up(body),
    'DELETE /api/site': async () => {
      await lab.down();
      return {};
    },
    'POST /api/runs': ({ body }) => ({ run: lab.run(body).run }),
    'POST /api/experiments': ({ body }) => ({ run: lab.experiment(body).run }),
    'POST /api/gameday': ({ body }) => ({ run: lab.gameday(body).run }),
    'GET /api/stages': () => readings.stages(),
    'GET /api/profiles': () => readings.profiles(),
    'GET /api/stages/{stage}/diff/{other}': ({ path }) => readings.diff(Number(path.stage), Number(path.other)),
    'GET /api/measured': () => readings.measured(),
    'GET /api/runs': ({ query }) => readings.runs(query),
    'GET /api/runs/{run}': ({ path }) => readings.run(path.run),
    'DELETE /api/runs/{run}': ({ path }) => {
      storedRuns.remove(path.run);
      return {};
    },
    'POST /api/runs/{run}/label': ({ path, body }) => storedRuns.label(path.run, body),
    'GET /api/runs/{run}/dashboards/{uid}': ({ path }) => readings.dashboard(path.run, path.uid),
    'GET /api/runs/{run}/export': ({ path }, request, response) => {
      needQuiet(request, 'packing a run');
      return exportInTurn(() => sendExport(readings.whole(path.run), response));
    },
    'GET /api/runs/{run}/report': ({ path }, _, response) => sendReport(path.run, readings.report(path.run), response),
    'GET /api/runs/{run}/traces': ({ path, query }) => readings.traces(path.run, query),
    'GET /api/runs/{run}/traces/{trace}': ({ path }) => readings.trace(path.run, path.trace),
    'GET /api/runs/{run}/logs': ({ path, query }) => readings.logs(path.run, query),
    'GET /api/compare': ({ query }) => readings.compare(query),
    'GET /api/baseline': () => ({ runs: storedRuns.baseline() }),
    'POST /api/baseline': ({ body }) => ({ runs: storedRuns.setBaseline(body.runs) }),
    'GET /api/searches': () => searches.now(),
    'POST /api/searches': ({ body }) => searches.begin(body),
    'POST /api/searches/stop': () => searches.stop(),
    'GET /api/runs/{run}/over-time': ({ path }) => readings.overTime(path.run),
    'GET /api/trend': ({ query }) => readings.trend(query),
    'GET /api/alerts': async () => ({ alerts: await alerts() }),
    'GET /api/health': (_, request) => {
      needQuiet(request, 'reading the state of the machine');
      return health();
    },
    'GET /api/runs/{run}/events': ({ path: { run } }, request, response) =>
      streamEvents(lab.runEvents(run) ?? readings.events(run), () => lab.stopRun(run), request, response),
    'GET /api/runs/{run}/confirmation': ({ path }) => confirmations.of(path.run),
    'POST /api/runs/{run}/confirmation': ({ path }) => confirmations.begin(path.run),
    'POST /api/runs/{run}/stop': ({ path }) => {
      lab.stopRun(path.run);
      return {};
    },
    'POST /api/benches': ({ body }) => benches.begin(body),
    'GET /api/benches/{bench}/events': ({ path: { bench } }, request, response) =>
      streamEvents(benches.events(bench), () => benches.stop(bench), request, response),
    'POST /api/benches/{bench}/stop': ({ path }) => {
      benches.stop(path.bench);
      return {};
    },
    'POST /api/operations': ({ body }) => lab.operate(body),
    'GET /api/operations/{operation}': ({ path }) => lab.operations.get(path.operation),
    'GET /api/operations/{operation}/events': ({ path }, request, response) =>
      streamEvents(lab.operations.events(path.operation), () => {}, request, response),
    'POST /api/operations/{operation}/cancel': ({ path }) => lab.operations.cancel(path.operation),
    'GET /api/hosts/{host}/logs': ({ path }, request, response) => streamLog(lab.logFile(path.host), request, response),
    'POST /api/stay': ({ body }) => {
      idle.after(body.idleS);
      return { ...lab.status(), endsAtMs: idle.endsAtMs };
    },
    'POST /api/shutdown': () => {
      onShutdown();
      return {};
    },
  };
}
