import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { Router } from 'express';
import type { Lab } from '@loadstair/lab';

/** What readers such as Grafana ask (https://prometheus.io/docs/prometheus/latest/querying/api/). None of them changes anything. */
const READS =
  /^\/api\/v1\/(?:query|query_range|query_exemplars|format_query|parse_query|series|labels|label\/\w+\/values|metadata|rules|alerts|status\/buildinfo)$/;
const MOST_BYTES = '256kb';
const TIMEOUT_MS = 30_000;

/**
 * The part of Prometheus' HTTP API that reads, for Grafana: of the site that is up, and of stored series. The addresses of the hosts, and of
 * Prometheus itself, are reachable from nowhere else. It answers every request.
 */
export function prometheusQueries(lab: Pick<Lab, 'seriesAt'>): Router {
  const router = Router();
  router.use(express.text({ type: 'application/x-www-form-urlencoded', limit: MOST_BYTES }));
  router.use(async (request, response) => {
    const refuse = (status: number, errorType: string, error: string): void =>
      void response.status(status).json({ status: 'error', errorType, error });
    const { method, path } = request;
    if (!READS.test(path)) return refuse(404, 'not_found', `labd passes no ${path} to Prometheus`);
    if (method !== 'GET' && method !== 'POST') return refuse(405, 'bad_data', `${method} is not a query`);
    const body = method === 'POST' ? String(request.body ?? '') : null;
    const query = request.url.slice(path.length);
    const found = await lab.seriesAt(endOf(new URLSearchParams(body ?? query)));
    if (!('url' in found)) return refuse(503, 'unavailable', found.why);

    const left = new AbortController();
    response.once('close', () => left.abort());
    let answer: Response;
    try {
      answer = await fetch(`${found.url}${path}${query}`, {
        method,
        signal: AbortSignal.any([left.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(body === null ? {} : { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      });
    } catch (error) {
      return refuse(503, 'unavailable', `Prometheus did not answer: ${(error as Error).message}`);
    }
    response.status(answer.status).type(answer.headers.get('content-type') ?? 'application/json');
    if (answer.body === null) return void response.end();
    // A reader that leaves in the middle of an answer is no error of the lab.
    await pipeline(Readable.fromWeb(answer.body), response).catch(() => response.destroy());
  });
  return router;
}

/** The last moment that a query is about, epoch ms: now unless it names one, in seconds or as RFC 3339. */
function endOf(parameters: URLSearchParams): number {
  const text = parameters.get('end') ?? parameters.get('time') ?? '';
  const atMs = text === '' ? NaN : Number.isNaN(Number(text)) ? Date.parse(text) : 1000 * Number(text);
  return Number.isNaN(atMs) ? Date.now() : atMs;
}
