import { METRICS } from '@loadstair/telemetry';
import type { ComponentKind } from '@loadstair/topology';
import { HAPROXY } from './names.ts';
import type { Absence, PanelSpec, PlacedLater } from './panels/panel.ts';
import { timeSeries } from './panels/time-series.ts';
import { orNone, quantile, rate, select, sum } from './promql.ts';

/** Rate, errors and duration of a tier: as its own server tells them, or as its clients see it. */
export interface RequestPanels {
  readonly rate: PlacedLater;
  readonly errors: PlacedLater;
  readonly duration: PlacedLater;
}

interface About {
  readonly tier: string;
  readonly width: number;
  readonly absent?: Absence;
  /** Whether its hosts follow a database of another tier. */
  readonly follows: boolean;
}

/** By the component that answers requests. A component added later does not compile until it says how its requests are seen. */
const byComponent: Readonly<Record<ComponentKind, (about: About) => RequestPanels>> = {
  site: (about) => {
    const { tier } = about;
    const all = sum(rate(METRICS.httpDuration, { tier }, '_count'));
    const failed = sum(rate(METRICS.httpDuration, { tier, http_response_status_code: '=~5..' }, '_count'));
    return panelsOf(about, {
      rate: {
        description: `HTTP requests the servers of ${tier} answered.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.httpDuration, { tier }, '_count'), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of the requests to ${tier} that were answered 5xx. 4xx is the client’s doing and not counted.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(failed, all)} / ${all}` }],
      },
      duration: {
        description: `Time the servers of ${tier} took to answer, all hosts together. Waiting before the server is not in it. A point is one traced request, and leads to its trace.`,
        unit: 's',
        queries: [
          { expr: quantile(0.95, METRICS.httpDuration, { matchers: { tier }, classic: true }), legend: 'p95', exemplars: true },
          { expr: quantile(0.5, METRICS.httpDuration, { matchers: { tier }, classic: true }), legend: 'p50' },
        ],
      },
    });
  },
  haproxy: (about) => {
    const { tier } = about;
    const to = { tier, proxy: 'web' };
    const all = sum(rate(HAPROXY.responses, to));
    return panelsOf(about, {
      rate: {
        description: `HTTP requests that came to ${tier} from clients.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(HAPROXY.requests, { tier, proxy: 'public' }), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of the answers of ${tier} that were 5xx: of the servers behind it, or its own because none took the request.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(sum(rate(HAPROXY.responses, { ...to, code: '5xx' })), all)} / ${all}` }],
      },
      duration: {
        description: `Mean over its last 1,024 requests of the time a request waited in ${tier} for a server, and of the time the server then took. HAProxy tells no percentiles.`,
        unit: 's',
        queries: [
          { expr: sum(select(HAPROXY.responseTime, to)), legend: 'server, mean' },
          { expr: sum(select(HAPROXY.queueTime, to)), legend: 'waiting, mean' },
        ],
      },
    });
  },
  varnish: (about) => {
    const { tier } = about;
    const all = sum(rate(METRICS.edgeRequests, { tier }));
    return panelsOf(about, {
      rate: {
        description: `Requests for files that came to ${tier}.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.edgeRequests, { tier }), ['host', 'region']), legend: '{{host}} {{region}}', colour: 'shades' }],
      },
      errors: {
        description: `Share of the requests to ${tier} for which the site could not be asked.`,
        unit: 'percentunit',
        queries: [{ expr: `${orNone(sum(rate(METRICS.edgeFailures, { tier })), all)} / ${all}` }],
      },
      duration: {
        title: `${tier} had the file`,
        description: `Share of the requests to ${tier} for files that it had. Varnish tells no times; what clients waited is in Run.`,
        unit: 'percentunit',
        queries: [
          {
            expr: `${sum(rate(METRICS.edgeRequests, { tier, result: 'hit' }), ['host', 'region'])} / ${sum(rate(METRICS.edgeRequests, { tier }), ['host', 'region'])}`,
            legend: '{{host}} {{region}}',
            colour: 'shades',
          },
        ],
      },
    });
  },
  postgres: (about) =>
    panelsOf(about, {
      rate: about.follows
        ? {
            description: `Reads that web servers gave each host of ${about.tier}.`,
            unit: 'reqps',
            queries: [{ expr: sum(rate(METRICS.given, { tier: about.tier }), ['host']), legend: '{{host}}', colour: 'shades' }],
          }
        : {
            description:
              'Database connections clients took from their pools, whichever database server they lead to. PostgreSQL itself is not asked: asking costs it CPU.',
            unit: 'reqps',
            queries: [{ expr: sum(rate(METRICS.poolAcquisitions), ['host']), legend: 'from {{host}}', colour: 'shades' }],
          },
      errors: {
        title: `${about.tier} waiting for a connection`,
        description: 'Requests on clients that wait for a database connection, whichever server it leads to.',
        unit: 'short',
        queries: [{ expr: sum(select(METRICS.poolPending), ['host']), legend: 'on {{host}}', colour: 'shades' }],
      },
      duration: {
        description:
          'Mean time clients held a connection to any database server, and waited for one. Held longer: the database is slower. Only waiting longer: the pool is short.',
        unit: 's',
        queries: [
          { expr: `${sum(rate(METRICS.poolHold))} / ${sum(rate(METRICS.poolAcquisitions))}`, legend: 'held, mean' },
          { expr: `${sum(rate(METRICS.poolWait))} / ${sum(rate(METRICS.poolAcquisitions))}`, legend: 'waited, mean' },
        ],
      },
    }),
  redis: (about) => {
    const { tier } = about;
    return panelsOf(about, {
      rate: {
        description: `Entries that web servers asked each host of ${tier} for, had or not.`,
        unit: 'reqps',
        queries: [{ expr: sum(rate(METRICS.cacheLookups, { tier }), ['host']), legend: '{{host}}', colour: 'shades' }],
      },
      errors: {
        title: `${tier} entries lost`,
        description: `Entries of ${tier} that went for want of memory, and those that went at the end of their life. What is asked for again afterwards is read from the database.`,
        unit: 'short',
        queries: [
          { expr: sum(rate(METRICS.cacheEvicted, { tier })), legend: 'evicted' },
          { expr: sum(rate(METRICS.cacheExpired, { tier })), legend: 'expired' },
        ],
      },
      duration: {
        title: `${tier} memory of entries`,
        description: `Memory each host of ${tier} uses, of what it may use before it evicts.`,
        unit: 'percentunit',
        queries: [
          { expr: `${select(METRICS.cacheUsed, { tier })} / ${select(METRICS.cacheMost, { tier })}`, legend: '{{host}}', colour: 'shades' },
        ],
      },
    });
  },
};

type Said = Pick<PanelSpec, 'description' | 'unit' | 'queries'> & { readonly title?: string };

function panelsOf(
  { tier, width, absent }: About,
  said: { readonly rate: Said; readonly errors: Said; readonly duration: Said },
): RequestPanels {
  const panel = (what: 'rate' | 'errors' | 'duration', title: string): PlacedLater =>
    timeSeries({
      key: `${tier}/${what}`,
      title: `${tier} ${title}`,
      width,
      absent,
      ...said[what],
    });
  return { rate: panel('rate', 'requests'), errors: panel('errors', 'errors'), duration: panel('duration', 'duration') };
}

/** The panels of a tier, by the first of its components: the one that takes its requests. */
export function requestPanels(components: readonly ComponentKind[], about: About): RequestPanels {
  const first = components[0];
  if (first === undefined) throw new Error(`Tier ${about.tier} runs nothing.`);
  return byComponent[first](about);
}
