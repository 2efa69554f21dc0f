import { once } from 'node:events';
import { createReadStream, statSync, watch } from 'node:fs';
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { guard } from './access.ts';
import { BENCH_BODY, EXPERIMENT_BODY, OPERATIONS, openApiDocument, RUN_BODY, SCALE_BODY, SITE_BODY, type OperationName } from './api.ts';
import type { Benches } from './bench/benches.ts';
import type { EventLog } from './event-log.ts';
import type { Lab } from './lab.ts';
import { labHandlers } from './labs/handlers.ts';
import { LabProblem, problemLinesOf } from './problem.ts';
import { body, parameter } from './request.ts';

export interface StartedServer {
  readonly url: string;
  stop(): Promise<void>;
}

const TAIL_BYTES = 200 * 120;

/** labd's HTTP API, on loopback only. */
export async function startServer(options: {
  readonly lab: Lab;
  readonly benches: Benches;
  /** Where runs and learners' progress are kept. */
  readonly labFolder: string;
  readonly port: number;
  readonly token: string;
  readonly onShutdown: () => void;
}): Promise<StartedServer> {
  const { lab, benches, labFolder, port, token } = options;
  const url = `http://127.0.0.1:${port}`;
  const app = express();
  app.disable('x-powered-by');
  app.get('/openapi.json', (_request, response) => void response.json(openApiDocument(url)));
  // The lab logs of a whole class come in one request.
  app.use('/api/labs/class', guard(port, token), express.json({ limit: '8mb' }));
  app.use('/api', guard(port, token), express.json({ limit: '64kb' }));

  const handlers: Record<OperationName, RequestHandler> = {
    ...labHandlers(lab, labFolder),
    'GET /api/status': (_request, response) => void response.json(lab.status()),
    'POST /api/site': async (request, response) => void response.json(await lab.up(body(SITE_BODY, request))),
    'DELETE /api/site': async (_request, response) => {
      await lab.down();
      response.status(204).end();
    },
    'POST /api/runs': (request, response) => void response.status(202).json(lab.run(body(RUN_BODY, request))),
    'POST /api/experiments': (request, response) => void response.status(202).json(lab.experiment(body(EXPERIMENT_BODY, request))),
    'GET /api/runs/{run}/events': (request, response) => {
      const run = parameter(request, 'run');
      return streamEvents(lab.runEvents(run), () => lab.stopRun(run), request, response);
    },
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
    'POST /api/tiers/{tier}/scale': async (request, response) => {
      await lab.scale(parameter(request, 'tier'), body(SCALE_BODY, request).count);
      response.json(lab.status());
    },
    'POST /api/hosts/{host}/kill': async (request, response) => {
      await lab.kill(parameter(request, 'host'));
      response.json(lab.status());
    },
    'POST /api/hosts/{host}/replace': async (request, response) => void response.json(await lab.replace(parameter(request, 'host'))),
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

/** `stop` is called when the reader owns what it reads of and leaves before the end. */
async function streamEvents(log: EventLog<unknown>, stop: () => void, request: Request, response: Response): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  response.flushHeaders();
  for await (const event of log.read(Number(request.query['since'] ?? 0) || 0, left.signal)) {
    if (!response.write(`${JSON.stringify(event)}\n`)) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  // What somebody watches in a terminal ends with that terminal, however it went away.
  if (left.signal.aborted && request.query['owner'] === '1') stop();
  response.end();
}

/** The last lines of a file, then what is appended while the reader stays. */
function streamLog(file: string, request: Request, response: Response): void {
  const lines = Math.min(10_000, Number(request.query['lines'] ?? 100) || 100);
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  let position = Math.max(0, sizeOf(file) - TAIL_BYTES * Math.ceil(lines / 100));
  const chunks: Buffer[] = [];
  const first = createReadStream(file, { start: position });
  first.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
  first.on('error', () => response.end());
  first.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    position += Buffer.byteLength(text);
    const all = text.split('\n');
    response.write(all.slice(-lines - 1).join('\n'));
    if (request.query['follow'] !== '1') return void response.end();
    const watcher = watch(file, () => {
      const size = sizeOf(file);
      if (size <= position) return;
      const start = position;
      position = size;
      createReadStream(file, { start, end: size - 1 }).pipe(response, { end: false });
    });
    response.once('close', () => watcher.close());
  });
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
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
