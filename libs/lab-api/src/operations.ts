import { z } from 'zod';
import { LAB_OPERATIONS, tellsAnswers } from './lab-operations.ts';
import type { Unchanged } from './unchanged.ts';

/** Bodies of the API; the OpenAPI document is made from these same schemas. */
export const SITE_BODY = z.strictObject({
  stage: z.int().min(1),
  set: z.array(z.string().max(200)).max(50).default([]),
  unbudgeted: z.boolean().default(false),
});

export const RUN_BODY = SITE_BODY.extend({
  burners: z.boolean().default(true),
  profile: z.string().max(60).nullable().default(null),
  quick: z.boolean().default(false),
  seed: z.int().min(0).max(0xffff_ffff).nullable().default(null),
  scale: z.number().positive().max(10).default(1),
  search: z.boolean().default(false),
  slo: z
    .strictObject({
      quantile: z.number().min(0.5).max(0.999),
      latencyMs: z.number().min(1).max(6000),
      errorShare: z.number().min(0).max(1),
    })
    .nullable()
    .default(null),
  around: z.number().positive().max(100_000).nullable().default(null),
});

/** What a run is asked for, as typed: only the stage must be given. */
export type RunBody = Unchanged<z.input<typeof RUN_BODY>>;
/** The same with every default filled in. */
export type RunRequest = Unchanged<z.output<typeof RUN_BODY>>;

export const BENCH_BODY = z.strictObject({
  quick: z.boolean().default(false),
  /** Seconds the command took until labd answered; they are part of the time to first load. */
  commandS: z.number().min(0).max(600).default(0),
});

/** An action by its name (libs/operations, and those of stages), with the input that it declares. */
export const ACTION_BODY = z.strictObject({ action: z.string().max(40), input: z.record(z.string(), z.unknown()).default({}) });

export const EXPERIMENT_BODY = z.strictObject({
  name: z.string().max(60),
  quick: z.boolean().default(false),
  seed: z.int().min(0).max(0xffff_ffff).nullable().default(null),
});

export type ExperimentRequest = Unchanged<z.output<typeof EXPERIMENT_BODY>>;

const IDS = z.string().regex(/^[0-9a-z]{1,12}(,[0-9a-z]{1,12}){0,19}$/, 'ids with commas between them');
const NUMBERS = z.string().regex(/^\d{1,2}(,\d{1,2}){0,19}$/, 'numbers of stages with commas between them');

export const LIST_QUERY = z.strictObject({
  search: z.string().max(200).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

const WORD = z.string().max(200).default('');

export const TRACES_QUERY = z.strictObject({
  route: WORD,
  host: WORD,
  status: z
    .string()
    .regex(/^\d{0,3}$/, 'the first digits of a status')
    .default(''),
  minMs: z.coerce.number().min(0).max(1e6).default(0),
});

export const LOGS_QUERY = z.strictObject({ q: WORD, host: WORD, trace: WORD });

/** Either stored runs, or the newest usable runs of stages. */
export const COMPARE_QUERY = z.union([
  z.strictObject({ runs: IDS.transform((text) => text.split(',')) }),
  z.strictObject({ stages: NUMBERS.transform((text) => text.split(',').map(Number)), profile: z.string().max(60).default('mixed') }),
]);

interface Operation {
  readonly summary: string;
  readonly body?: z.ZodType;
  /** Names of what may stand in the query, with what each means. */
  readonly query?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly stream?: 'application/x-ndjson' | 'text/plain' | 'application/gzip';
}

/** Every operation of labd; the server refuses to start when a route and this table disagree. */
export const OPERATIONS = {
  'GET /api/status': { summary: 'What is up in this instance', answers: { 200: 'status' } },
  'POST /api/site': { summary: 'Start a site; answers when it serves', body: SITE_BODY, answers: { 200: 'status', 409: 'problem' } },
  'DELETE /api/site': { summary: 'Stop the run and the site', answers: { 204: 'stopped' } },
  'POST /api/runs': { summary: 'Begin a run', body: RUN_BODY, answers: { 202: 'run', 409: 'problem' } },
  'POST /api/experiments': {
    summary: 'Begin an experiment; it is a run with actions',
    body: EXPERIMENT_BODY,
    answers: { 202: 'run', 409: 'problem' },
  },
  'GET /api/stages': { summary: 'The stages that run, with their experiments', answers: { 200: 'stages' } },
  'GET /api/stages/{stage}/diff/{other}': { summary: 'What is different in another stage', answers: { 200: 'difference' } },
  'GET /api/runs': {
    summary: 'Stored runs, newest first',
    query: { search: 'words that all must occur', page: 'from 1' },
    answers: { 200: 'runs' },
  },
  'GET /api/runs/{run}': {
    summary: 'One run: what it is, and once it has ended all that was measured',
    answers: { 200: 'run', 404: 'problem' },
  },
  'GET /api/runs/{run}/dashboards/{uid}': {
    summary: 'A dashboard, and what its queries answered over the run, so far if it goes on',
    answers: { 200: 'dashboard', 404: 'problem' },
  },
  'GET /api/runs/{run}/export': {
    summary: 'A run packed into one file, for ./lab import',
    answers: { 200: 'file', 404: 'problem' },
    stream: 'application/gzip',
  },
  'GET /api/runs/{run}/traces': {
    summary: 'Traced requests of a run, the slowest first',
    query: { route: 'exactly', host: 'exactly', status: 'its first digits', minMs: 'at least so slow' },
    answers: { 200: 'requests', 404: 'problem' },
  },
  'GET /api/runs/{run}/traces/{trace}': { summary: 'All spans of a trace, and its log lines', answers: { 200: 'trace', 404: 'problem' } },
  'GET /api/runs/{run}/logs': {
    summary: 'Warnings and errors of a run’s hosts',
    query: { q: 'words that all must occur', host: 'exactly', trace: 'exactly' },
    answers: { 200: 'lines', 404: 'problem' },
  },
  'GET /api/compare': {
    summary: 'Stored runs or stages side by side',
    query: { runs: 'ids', stages: 'numbers of stages', profile: 'of the stages’ runs' },
    answers: { 200: 'comparison' },
  },
  'GET /api/health': { summary: 'What this machine has and what is missing', answers: { 200: 'findings' } },
  'GET /api/runs/{run}/events': {
    summary: 'Events of a run, one JSON object a line or as server-sent events; with owner=1 the run is stopped when the reader leaves',
    query: { since: 'number of the first event; also Last-Event-ID', owner: '1 needs the token' },
    answers: { 200: 'events' },
    stream: 'application/x-ndjson',
  },
  'GET /api/runs/{run}/confirmation': {
    summary: 'Whether short runs proved the verdict of a run, or could',
    answers: { 200: 'confirmation', 404: 'problem' },
  },
  'POST /api/runs/{run}/confirmation': {
    summary: 'Give what was named and the next 30 % more, a short run each; answers when the first has begun',
    answers: { 202: 'confirmation', 404: 'problem', 409: 'problem' },
  },
  'POST /api/runs/{run}/stop': { summary: 'Stop a run; it is kept as refused: INTERRUPTED', answers: { 202: 'stopping' } },
  'POST /api/benches': { summary: 'Measure the lab itself', body: BENCH_BODY, answers: { 202: 'bench', 409: 'problem' } },
  'GET /api/benches/{bench}/events': {
    summary: 'Events of a bench from the start, one JSON object a line; with owner=1 it is stopped when the reader leaves',
    answers: { 200: 'events' },
    stream: 'application/x-ndjson',
  },
  'POST /api/benches/{bench}/stop': { summary: 'Stop a bench; nothing is kept of it', answers: { 202: 'stopping' } },
  'POST /api/operations': {
    summary: 'Begin an action on the site that is up: kill, replace, scale, set, clear, purge, failover, recover, …',
    body: ACTION_BODY,
    answers: { 202: 'operation', 404: 'problem', 409: 'problem' },
  },
  'GET /api/operations/{operation}': { summary: 'An operation, and what came of it', answers: { 200: 'operation', 404: 'problem' } },
  'GET /api/operations/{operation}/events': {
    summary: 'Events of an operation from the start to its end, one JSON object a line or as server-sent events',
    query: { since: 'number of the first event; also Last-Event-ID' },
    answers: { 200: 'events', 404: 'problem' },
    stream: 'application/x-ndjson',
  },
  'POST /api/operations/{operation}/cancel': {
    summary: 'Ask an operation to end; its events say when it has',
    answers: { 202: 'operation', 404: 'problem' },
  },
  'GET /api/hosts/{host}/logs': { summary: 'Last lines of a host; follow=1 goes on', answers: { 200: 'lines' }, stream: 'text/plain' },
  ...LAB_OPERATIONS,
  'POST /api/shutdown': { summary: 'Stop everything and end labd', answers: { 202: 'stopping' } },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** The OpenAPI 3.1 document of labd. */
export function openApiDocument(url: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
    const [method, path] = name.split(' ') as [string, string];
    const parameters = [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({
        name: parameter,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...Object.entries(operation.query ?? {}).map(([parameter, description]) => ({
        name: parameter,
        in: 'query',
        description,
        schema: { type: 'string' },
      })),
    ];
    const content = operation.stream ?? 'application/json';
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = {
      summary: operation.summary,
      parameters,
      ...(method === 'GET' && !tellsAnswers({ originalUrl: path }) ? { security: [] } : {}),
      ...(operation.body === undefined
        ? {}
        : {
            requestBody: { required: true, content: { 'application/json': { schema: z.toJSONSchema(operation.body, { io: 'input' }) } } },
          }),
      responses: {
        ...Object.fromEntries(
          Object.entries(operation.answers).map(([status, description]) => [
            status,
            {
              description,
              ...(status === '204' ? {} : { content: { [status.startsWith('4') ? 'application/problem+json' : content]: { schema: {} } } }),
            },
          ]),
        ),
        default: { description: 'problem (RFC 9457)', content: { 'application/problem+json': { schema: {} } } },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'labd',
      version: '1',
      description:
        'The control plane of one Loadstair instance. Loopback only; a bearer token guards every change, and the answers of learners.',
    },
    servers: [{ url }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}
