import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import { LabProblem, problemLinesOf } from '@loadstair/lab';
import { openApiDocument, tellsAnswers } from '@loadstair/lab-api';
import { changesTheLab, guard, isOurs } from './access.ts';
import { handlersOf, type Behind } from './handlers.ts';
import { consoleFiles } from './http/console-files.ts';
import { pictures } from './http/pictures.ts';
import { idleEnd } from './idle-end.ts';
import { mountOperations } from './routes.ts';

export interface StartedServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** labd's HTTP API, on loopback only. */
export async function startServer(
  options: Omit<Behind, 'idle'> & {
    /** Where the console was built. */
    readonly consoleFolder: string;
    readonly port: number;
  },
): Promise<StartedServer> {
  const { port, token, lab, onShutdown } = options;
  const idle = idleEnd({ busy: () => lab.status().state !== 'idle', end: onShutdown });
  const url = `http://127.0.0.1:${port}`;
  const app = express();
  app.disable('x-powered-by');
  app.use(isOurs(port));
  app.get('/openapi.json', (_request, response) => void response.json(openApiDocument(url)));
  app.use(
    '/api',
    guard(port, token, (request) => changesTheLab(request) || tellsAnswers(request)),
    express.json({ limit: '64kb' }),
    (request, _response, next) => {
      // A page that nobody looks at asks for the status too.
      if (request.path !== '/status') idle.asked();
      next();
    },
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
      idle.stop();
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
