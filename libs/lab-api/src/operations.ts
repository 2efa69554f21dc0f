import { OPERATION, OPERATION_EVENT } from '@loadstair/operations';
import { BENCH_EVENT, RUN_EVENT, RUN_LABEL } from './domain.ts';
import { ALERTS } from './alerts.ts';
import {
  BEGUN,
  BENCH,
  CONFIRMING,
  DASHBOARD,
  DIFF,
  HEALTH,
  LOGS,
  NOTHING,
  PROFILE,
  RUN,
  RUN_LIST,
  STAGE,
  STATUS,
  TRACE,
  TRACES,
} from './answers.ts';
import { COMPARED } from './comparison.ts';
import { LAB_OPERATIONS } from './lab-operations.ts';
import { MEASURED } from './measured.ts';
import type { Operation } from './operation.ts';
import { BASELINE, BASELINE_BODY, OVER_TIME, SEARCHES, SEARCHES_BODY } from './searches.ts';
import { TREND } from './trend.ts';
import {
  ACTION_BODY,
  BENCH_BODY,
  COMPARE_QUERY,
  EVENTS_QUERY,
  EXPERIMENT_BODY,
  GAMEDAY_BODY,
  LIST_QUERY,
  LOGS_QUERY,
  STAY_BODY,
  TAIL_QUERY,
  TRACES_QUERY,
  TREND_QUERY,
} from './requests.ts';
import { RUN_BODY, SITE_BODY } from '@loadstair/runs/run-request';
import { RUN_LABEL_SCHEMA } from '@loadstair/runs/schemas';
import { z } from 'zod';

/** Every operation of labd: what it takes and what it answers. The server, its OpenAPI document and the clients come from this table. */
export const OPERATIONS = {
  'GET /api/status': { summary: 'What is up in this instance', answer: STATUS },
  'POST /api/site': { summary: 'Start a site; answers when it serves', body: SITE_BODY, answer: STATUS, refuses: [409] },
  'DELETE /api/site': { summary: 'Stop the run and the site', status: 204, answer: NOTHING },
  'POST /api/runs': { summary: 'Begin a run', body: RUN_BODY, status: 202, answer: BEGUN, refuses: [409] },
  'POST /api/experiments': {
    summary: 'Begin an experiment; it is a run with actions',
    body: EXPERIMENT_BODY,
    status: 202,
    answer: BEGUN,
    refuses: [409],
  },
  'POST /api/gameday': {
    summary: 'Begin a run of a site with a hidden cause, which a code chooses',
    body: GAMEDAY_BODY,
    status: 202,
    answer: BEGUN,
    refuses: [409],
  },
  'GET /api/stages': { summary: 'The stages that run, with their experiments', answer: z.array(STAGE) },
  'GET /api/measured': { summary: 'The steps, built and planned, and what was measured of each on this machine', answer: MEASURED },
  'GET /api/profiles': { summary: 'Stored load profiles', answer: z.array(PROFILE) },
  'GET /api/stages/{stage}/diff/{other}': { summary: 'What is different in another stage', answer: DIFF },
  'GET /api/runs': { summary: 'Stored runs, newest first', query: LIST_QUERY, answer: RUN_LIST },
  'GET /api/runs/{run}': { summary: 'One run: what it is, and once it has ended all that was measured', answer: RUN, refuses: [404] },
  'DELETE /api/runs/{run}': {
    summary: 'Delete a run; not one that is going, being confirmed, or in the baseline',
    status: 204,
    answer: NOTHING,
    refuses: [404, 409],
  },
  'POST /api/runs/{run}/label': {
    summary: 'Give a run a name, a note and a star',
    body: RUN_LABEL_SCHEMA,
    answer: RUN_LABEL,
    refuses: [404],
  },
  'GET /api/runs/{run}/dashboards/{uid}': {
    summary: 'A dashboard, and what its queries answered over the run so far',
    answer: DASHBOARD,
    refuses: [404],
  },
  'GET /api/runs/{run}/export': {
    summary: 'A run packed into one file, for ./lab import',
    stream: 'application/gzip',
    refuses: [404, 409],
  },
  'GET /api/runs/{run}/report': {
    summary: 'The report of a run that has ended, one HTML file that needs no network',
    stream: 'text/html',
    refuses: [404],
  },
  'GET /api/runs/{run}/traces': {
    summary: 'Traced requests of a run, the slowest first',
    query: TRACES_QUERY,
    answer: TRACES,
    refuses: [404],
  },
  'GET /api/runs/{run}/traces/{trace}': { summary: 'All spans of a trace, and its log lines', answer: TRACE, refuses: [404] },
  'GET /api/runs/{run}/logs': { summary: 'Warnings and errors of a run’s hosts', query: LOGS_QUERY, answer: LOGS, refuses: [404] },
  'GET /api/compare': { summary: 'Stored runs or stages side by side', query: COMPARE_QUERY, answer: COMPARED },
  'GET /api/baseline': { summary: 'Runs that later ones are held against', answer: BASELINE },
  'POST /api/baseline': { summary: 'Make runs the baseline', body: BASELINE_BODY, answer: BASELINE, refuses: [404, 409] },
  'GET /api/searches': { summary: 'Whether searches for a comparison are running', answer: SEARCHES },
  'POST /api/searches': {
    summary: 'Search the capacity of stages, one after the other; answers when the first has begun',
    body: SEARCHES_BODY,
    status: 202,
    answer: SEARCHES,
    refuses: [409],
  },
  'POST /api/searches/stop': { summary: 'Stop the search that is going, and begin no other', status: 202, answer: SEARCHES },
  'GET /api/runs/{run}/over-time': { summary: 'Load, latency and use of a run, second by second', answer: OVER_TIME, refuses: [404] },
  'GET /api/trend': {
    summary: 'Capacity of a stage over its runs on this machine, and where it changed',
    query: TREND_QUERY,
    answer: TREND,
  },
  'GET /api/alerts': { summary: 'Alerts of the site that is up, and their state', answer: ALERTS },
  'GET /api/health': { summary: 'What this machine has and what is missing', answer: HEALTH, refuses: [409] },
  'GET /api/runs/{run}/events': {
    summary: 'Events of a run, one JSON object a line or as server-sent events',
    query: EVENTS_QUERY,
    stream: 'application/x-ndjson',
    line: RUN_EVENT,
    refuses: [404],
  },
  'GET /api/runs/{run}/confirmation': {
    summary: 'Whether short runs proved the verdict of a run, or could',
    answer: CONFIRMING,
    refuses: [404],
  },
  'POST /api/runs/{run}/confirmation': {
    summary: 'Give what was named and the next 30 % more, a short run each; answers when the first has begun',
    status: 202,
    answer: CONFIRMING,
    refuses: [404, 409],
  },
  'POST /api/runs/{run}/stop': { summary: 'Stop a run; it is kept as refused: INTERRUPTED', status: 202, answer: NOTHING },
  'POST /api/benches': { summary: 'Measure the lab itself', body: BENCH_BODY, status: 202, answer: BENCH, refuses: [409] },
  'GET /api/benches/{bench}/events': {
    summary: 'Events of a bench from the start, one JSON object a line',
    query: EVENTS_QUERY,
    stream: 'application/x-ndjson',
    line: BENCH_EVENT,
    refuses: [404],
  },
  'POST /api/benches/{bench}/stop': { summary: 'Stop a bench and keep nothing', status: 202, answer: NOTHING },
  'POST /api/operations': {
    summary: 'Begin an action on the site that is up: crash, power-loss, replace, scale, set, clear, purge, failover, recover, …',
    body: ACTION_BODY,
    status: 202,
    answer: OPERATION,
    refuses: [404, 409],
  },
  'GET /api/operations/{operation}': { summary: 'An operation and its result', answer: OPERATION, refuses: [404] },
  'GET /api/operations/{operation}/events': {
    summary: 'Events of an operation from the start to its end, one JSON object a line or as server-sent events',
    query: EVENTS_QUERY,
    stream: 'application/x-ndjson',
    line: OPERATION_EVENT,
    refuses: [404],
  },
  'POST /api/operations/{operation}/cancel': {
    summary: 'Ask an operation to end; its events say when it has',
    status: 202,
    answer: OPERATION,
    refuses: [404],
  },
  'GET /api/hosts/{host}/logs': { summary: 'Last lines of a host', query: TAIL_QUERY, stream: 'text/plain', refuses: [404, 409] },
  ...LAB_OPERATIONS,
  'POST /api/stay': {
    summary: 'Let labd end by itself once no site is up and nothing but its status has been asked for so long',
    body: STAY_BODY,
    answer: STATUS,
  },
  'POST /api/shutdown': { summary: 'Stop everything and end labd', status: 202, answer: NOTHING },
} as const satisfies Record<string, Operation>;
