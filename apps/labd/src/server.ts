import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import {
  type Benches,
  type Confirmations,
  kept,
  type Lab,
  LabProblem,
  oneAfterTheOther,
  problemLinesOf,
  type Readings,
} from '@loadstair/lab';
import {
  ACTION_BODY,
  BENCH_BODY,
  COMPARE_QUERY,
  EXPERIMENT_BODY,
  LIST_QUERY,
  LOGS_QUERY,
  openApiDocument,
  type OperationName,
  OPERATIONS,
  RUN_BODY,
  SITE_BODY,
  tellsAnswers,
  TRACES_QUERY,
} from '@loadstair/lab-api';
import { changesTheLab, guard, hasKey, isOurs } from './access.ts';
import { consoleFiles } from './http/console-files.ts';
import { streamEvents } from './http/event-stream.ts';
import { sendExport } from './http/send-export.ts';
import { streamLog } from './http/log-tail.ts';
import { labHandlers } from './labs/handlers.ts';
import { body, parameter, query } from './request.ts';

export interface StartedServer {
  readonly url: string;
  stop(): Promise<void>;
}

const HEALTH_KEPT_MS = 30_000;

/** labd's HTTP API, on loopback only. */
export async function startServer(options: {
  readonly lab: Lab;
  readonly benches: Benches;
  readonly confirmations: Confirmations;
  readonly readings: Readings;
  /** Where the console was built. */
  readonly consoleFolder: string;
  /** Where runs and learners' progress are kept. */
  readonly labFolder: string;
  readonly port: number;
  readonly token: string;
  readonly onShutdown: () => void;
}): Promise<StartedServer> {
  const { lab, benches, confirmations, readings, labFolder, port, token } = options;
  const url = `http://127.0.0.1:${port}`;
  const app = express();
  app.disable('x-powered-by');
  app.use(isOurs(port));
  app.get('/openapi.json', (_request, response) => void response.json(openApiDocument(url)));
  app.use(
    '/api',
    guard(port, token, (request) => changesTheLab(request) || tellsAnswers(request)),
    express.json({ limit: '64kb' }),
  );

  const health = kept(() => readings.health(), HEALTH_KEPT_MS);
  const exportInTurn = oneAfterTheOther();
  /** What takes CPU time disturbs a measurement: who has no key waits until the measurement has ended. */
  const needQuiet = (request: Request, what: string): void => {
    const { run, instance } = lab.status();
    if (run === null || hasKey(request, token)) return;
    throw new LabProblem(409, {
      what: `A run is going in instance ${instance}.`,
      why: `${what} takes CPU time, and would disturb run ${run}`,
      do: 'wait until the run has ended, or use the address with the key that ./lab console prints',
      code: 'E_RUNNING',
      exit: 1,
    });
  };

  const handlers: Record<OperationName, RequestHandler> = {
    ...labHandlers(lab, labFolder),
    'GET /api/status': (_request, response) => void response.json(lab.status()),
    'POST /api/site': async (request, response) => void response.json(await lab.up(body(SITE_BODY, request))),
    'DELETE /api/site': async (_request, response) => {
      await lab.down();
      response.status(204).end();
    },
    'POST /api/runs': (request, response) => void response.status(202).json({ run: lab.run(body(RUN_BODY, request)).run }),
    'POST /api/experiments': (request, response) =>
      void response.status(202).json({ run: lab.experiment(body(EXPERIMENT_BODY, request)).run }),
    'GET /api/stages': (_request, response) => void response.json(readings.stages()),
    'GET /api/stages/{stage}/diff/{other}': (request, response) =>
      void response.json(readings.diff(Number(parameter(request, 'stage')), Number(parameter(request, 'other')))),
    'GET /api/runs': (request, response) => void response.json(readings.runs(query(LIST_QUERY, request))),
    'GET /api/runs/{run}': (request, response) => void response.json(readings.run(parameter(request, 'run'))),
    'GET /api/runs/{run}/dashboards/{uid}': async (request, response) =>
      void response.json(await readings.dashboard(parameter(request, 'run'), parameter(request, 'uid'))),
    'GET /api/runs/{run}/export': (request, response) => {
      needQuiet(request, 'packing a run');
      return exportInTurn(() => sendExport(readings.whole(parameter(request, 'run')), response));
    },
    'GET /api/runs/{run}/traces': (request, response) =>
      void response.json(readings.traces(parameter(request, 'run'), query(TRACES_QUERY, request))),
    'GET /api/runs/{run}/traces/{trace}': (request, response) =>
      void response.json(readings.trace(parameter(request, 'run'), parameter(request, 'trace'))),
    'GET /api/runs/{run}/logs': (request, response) =>
      void response.json(readings.logs(parameter(request, 'run'), query(LOGS_QUERY, request))),
    'GET /api/compare': (request, response) => void response.json(readings.compare(query(COMPARE_QUERY, request))),
    'GET /api/health': async (request, response) => {
      needQuiet(request, 'reading the state of the machine');
      response.json(await health());
    },
    'GET /api/runs/{run}/events': (request, response) => {
      const run = parameter(request, 'run');
      return streamEvents(lab.runEvents(run) ?? readings.events(run), () => lab.stopRun(run), request, response);
    },
    'GET /api/runs/{run}/confirmation': (request, response) => void response.json(confirmations.of(parameter(request, 'run'))),
    'POST /api/runs/{run}/confirmation': async (request, response) =>
      void response.status(202).json(await confirmations.begin(parameter(request, 'run'))),
    'POST /api/runs/{run}/stop': (request, response) => {
      lab.stopRun(parameter(request, 'run'));
      response.status(202).json({});
    },
    'POST /api/benches': (request, response) => void response.status(202).json(benches.begin(body(BENCH_BODY, request))),
    'GET /api/benches/{bench}/events': (request, response) => {
      const bench = parameter(request, 'bench');
      return streamEvents(benches.events(bench), () => benches.stop(bench), request, response);
    },
    'POST /api/benches/{bench}/stop': (request, response) => {
      benches.stop(parameter(request, 'bench'));
      response.status(202).json({});
    },
    'POST /api/operations': (request, response) => void response.status(202).json(lab.operate(body(ACTION_BODY, request))),
    'GET /api/operations/{operation}': (request, response) => void response.json(lab.operations.get(parameter(request, 'operation'))),
    'GET /api/operations/{operation}/events': (request, response) =>
      streamEvents(lab.operations.events(parameter(request, 'operation')), () => {}, request, response),
    'POST /api/operations/{operation}/cancel': (request, response) =>
      void response.status(202).json(lab.operations.cancel(parameter(request, 'operation'))),
    'GET /api/hosts/{host}/logs': (request, response) => streamLog(lab.logFile(parameter(request, 'host')), request, response),
    'POST /api/shutdown': (_request, response) => {
      response.status(202).json({});
      options.onShutdown();
    },
  };
  for (const name of Object.keys(OPERATIONS) as OperationName[]) {
    const [method, path] = name.split(' ') as ['GET' | 'POST' | 'DELETE', string];
    const route = path.replace(/\{(\w+)\}/g, ':$1');
    app[method.toLowerCase() as 'get' | 'post' | 'delete'](route, handlers[name]);
  }
  app.use(consoleFiles(options.consoleFolder));
  app.use((request, _response, next) => {
    next(
      new LabProblem(404, {
        what: `No such address: ${request.method} ${request.path}.`,
        why: 'labd serves what /openapi.json lists',
        do: `open ${url}/openapi.json`,
        code: 'E_NOT_FOUND',
        exit: 2,
      }),
    );
  });
  app.use(answerProblem);

  const server: Server = createServer(app);
  server.listen(port, '127.0.0.1');
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => {
      throw new LabProblem(500, {
        what: `Port ${port} on 127.0.0.1 is taken.`,
        why: (error as Error).message,
        do: 'use --instance with another number, or stop that program',
        code: 'E_PORT_TAKEN',
        exit: 1,
      });
    }),
  ]);
  return {
    url,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const answerProblem: ErrorRequestHandler = (error, _request, response, next) => {
  const lines = problemLinesOf(error);
  const status = error instanceof LabProblem ? error.status : ((error as { status?: number }).status ?? (lines.exit === 2 ? 400 : 500));
  if (response.headersSent) return next(error);
  response
    .status(status)
    .type('application/problem+json')
    .json({ type: 'about:blank', title: lines.what, status, detail: lines.why, ...lines });
};
