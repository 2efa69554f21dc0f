import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { LabProblem, problemLinesOf } from '@loadstair/lab';
import { openApiDocument, tellsAnswers } from '@loadstair/lab-api';
import { changesTheLab, guard, isOurs } from './access.ts';
import type { Doors } from './config.ts';
import { handlersOf, type Behind } from './handlers.ts';
import { consoleFiles } from './http/console-files.ts';
import { pictures } from './http/pictures.ts';
import { prometheusQueries } from './http/prometheus-queries.ts';
import { siteDoor, toSite } from './http/site-door.ts';
import { idleEnd } from './idle-end.ts';
import { mountOperations } from './routes.ts';

export interface StartedServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Port of the site where labd serves it (`Doors.siteUrl`): below those of labd, and none of a host. */
const SITE_PORT = 4590;

/** labd's HTTP API, on loopback unless its doors say otherwise. */
export async function startServer(
  options: Omit<Behind, 'idle'> & {
    /** Where the console was built. */
    readonly consoleFolder: string;
    readonly port: number;
    readonly doors: Doors;
    /** Throws on requests that this labd does not take; it takes all when left out. */
    readonly only?: (request: Request) => void;
  },
): Promise<StartedServer> {
  const { port, token, lab, onShutdown, doors } = options;
  const idle = idleEnd({ busy: () => lab.status().state !== 'idle', end: onShutdown });
  const url = `http://127.0.0.1:${port}`;
  const app = express();
  app.disable('x-powered-by');
  // First: other containers reach this under a name that the rest refuses.
  app.use('/prometheus', isOurs(port, doors.queryNames), prometheusQueries(lab));
  app.use(isOurs(port));
  app.use(
    '/site',
    toSite(() => siteAddress(lab, doors)),
  );
  app.get('/openapi.json', (_request, response) => void response.json(openApiDocument(url)));
  app.use(
    '/api',
    guard(port, token, (request) => changesTheLab(request) || tellsAnswers(request)),
    express.json({ limit: '64kb' }),
    (request, _response, next) => {
      // A page that nobody looks at asks for the status too.
      if (request.path !== '/status') idle.asked();
      options.only?.(request);
      next();
    },
  );

  // From an exemplar in Grafana, which knows the trace and not the run.
  app.get('/traces/:trace', ({ params: { trace } }, response) =>
    response.redirect(302, `/runs/${options.readings.runOfTrace(trace)}/traces/${encodeURIComponent(trace)}`),
  );
  mountOperations(app, handlersOf({ ...options, idle }));
  app.use('/pictures', pictures());
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

  const server = await listening(app, port, doors.listen);
  const door = doors.siteUrl === null ? null : await listening(siteApp(lab, doors.siteUrl), SITE_PORT, doors.listen);
  return {
    url,
    async stop() {
      idle.stop();
      for (const each of door === null ? [server] : [server, door]) {
        each.close();
        each.closeAllConnections();
      }
    },
  };
}

/** Where a browser reaches the site that is up, or null. */
function siteAddress(lab: Behind['lab'], { siteUrl }: Doors): string | null {
  const { url } = lab.status();
  return url === null ? null : (siteUrl ?? url);
}

/** The site that is up, for browsers that do not reach its own address. */
function siteApp(lab: Behind['lab'], siteUrl: string): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(
    isOurs(Number(new URL(siteUrl).port)),
    siteDoor(() => lab.status().url),
    answerProblem,
  );
  return app;
}

/** Throws LabProblem when the port is taken. */
async function listening(app: Express, port: number, address: string): Promise<Server> {
  const server = createServer(app);
  server.listen(port, address);
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => {
      throw new LabProblem(500, {
        what: `Port ${port} on ${address} is taken.`,
        why: (error as Error).message,
        do: 'use --instance with another number, or stop that program',
        code: 'E_PORT_TAKEN',
        exit: 1,
      });
    }),
  ]);
  return server;
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
