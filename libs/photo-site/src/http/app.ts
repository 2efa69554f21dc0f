import { join } from 'node:path';
import express, { type Express, type RequestHandler, type Response } from 'express';
import type { Files } from '@loadstair/site-plan';
import { METRICS, sampledTrace, type Metrics } from '@loadstair/telemetry';
import { faultHandlers, type SiteFaults } from '../faults/faults.ts';
import { api } from './api.ts';
import type { SiteServices } from './context.ts';
import { cacheControl } from './files.ts';
import { pages } from './pages.ts';
import { answerProblems, logUnanswered, notFound } from './problem.ts';
import { asReader } from '../storage/reader.ts';
import { rateLimit } from './rate-limit.ts';
import { tokenOf } from './session.ts';

export const STATIC_FOLDER = join(import.meta.dirname, '../../static');

/** Name of the host whose answer it is: one without it comes from something before the site. */
const SERVED_BY = 'x-served-by';

/** The site as an Express application. `draining` turns /readyz to 503 before the listener closes. */
export function createApp(
  services: SiteServices,
  metrics: Metrics | null,
  settings: {
    /** Said with every answer, so that a client knows whose it was. */
    readonly host: string;
    readonly requestsPerSecondOfClient: number;
    readonly trustedProxies: readonly string[];
    readonly files: () => Files;
    readonly faults: SiteFaults;
    readonly draining: () => boolean;
    /** Whether where a read goes depends on what its user wrote before. */
    readonly rememberWriters: () => boolean;
  },
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  // Anybody can send X-Forwarded-For; only a proxy that we put there ourselves says the truth with it.
  app.set('trust proxy', [...settings.trustedProxies]);

  app.use((_request, response, next) => {
    response.setHeader(SERVED_BY, settings.host);
    next();
  });
  app.get('/healthz', (_request, response) => void response.json({ status: 'alive' }));
  app.get('/readyz', async (_request, response) => {
    if (settings.draining()) return void response.status(503).json({ status: 'draining' });
    await services.ping();
    response.json({ status: 'ready' });
  });
  app.use(logUnanswered(services.log));
  if (metrics !== null) app.use(measure(metrics));
  for (const fault of faultHandlers(settings.faults)) app.use(fault);
  app.use(rateLimit(settings.requestsPerSecondOfClient));
  const setHeaders = (response: Response): void => void response.set('cache-control', cacheControl('stylesheet', settings.files()));
  app.use('/static', express.static(STATIC_FOLDER, { cacheControl: false, setHeaders, index: false, fallthrough: false }));
  app.use(rememberReader(settings.rememberWriters));
  app.get('/users/:id', pageForBrowsers);
  app.use(pages(services, settings.files));
  app.use(api(services));
  app.use(notFound);
  app.use(answerProblems(services.log));
  return app;
}

/** One address of a user, in two forms: a browser gets the page, everybody else the JSON. */
const pageForBrowsers: RequestHandler = (request, response, next) => {
  response.vary('accept');
  if (request.accepts(['json', 'html']) === 'html') request.url = request.url.replace(/^\/users\//, '/profiles/');
  next();
};

function rememberReader(wanted: () => boolean): RequestHandler {
  return (request, _response, next) => {
    const token = wanted() ? tokenOf(request) : null;
    if (token === null) next();
    else asReader(token, next);
  };
}

function measure(metrics: Metrics): RequestHandler {
  const duration = metrics.tracedHistogram(METRICS.httpDuration);
  const active = metrics.gauge(METRICS.httpActive);
  let running = 0;
  metrics.onScrape(() => active.set(running));
  return (request, response, next) => {
    const begun = performance.now();
    running += 1;
    response.once('close', () => {
      running -= 1;
      // The template, not the path: few label values however many photos there are.
      const route =
        (request.route as { path?: string } | undefined)?.path ??
        (request.baseUrl === '/static' || request.path.startsWith('/static/') ? '/static' : 'none');
      duration.observe(
        [request.method, route, String(response.statusCode)],
        (performance.now() - begun) / 1000,
        sampledTrace(request.get('traceparent')),
      );
    });
    next();
  };
}
