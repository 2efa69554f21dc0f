import { hostname } from 'node:os';
import { declarations } from '@loadstair/components/declarations';
import type { PrometheusClient } from '@loadstair/measure';
import type { RunEvent } from '@loadstair/runs';
import type { Action, Done, Operation } from '@loadstair/operations';
import type { HostEvent, HostStatus } from '@loadstair/runtime';
import { EXAMPLE, stageByNumber } from '@loadstair/stages';
import { applySettings, hashOf, type Topology } from '@loadstair/topology';
import type { RunRequest } from '@loadstair/runs/run-request';
import type { Alert, ExperimentRequest, StatusAnswer } from '@loadstair/lab-api';
import type { LabConfig } from './config.ts';
import { planGameday, type GamedayRequest } from './gameday.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { planExperiment, runExperiment } from './experiments/run-experiment.ts';
import { runOf, servingSite } from './instance-state.ts';
import { logError } from './log-error.ts';
import { actionIn, createOperations, type Operations } from './operations.ts';
import { LabProblem } from './problem.ts';
import { openRecording, type Recording, type RunAbout } from './recording.ts';
import { planRun, run } from './run.ts';
import { withoutConclusions } from './without-conclusions.ts';
import { createSiteHolder, type HeldSession, type Lease } from './site-holder.ts';
import { createStoredSeries, type StoredSeries } from './stored-series.ts';
import { startSiteSession, type SiteRequest, type SiteSession } from './site-session.ts';
import { findProvidedTools } from './tools.ts';

/** The one owner of an instance: at most one site is up, at most one run is going. */
export interface Lab {
  status(): StatusAnswer;
  /** Starts a site and resolves when it serves. */
  up(request: { readonly stage: number; readonly set: readonly string[]; readonly unbudgeted: boolean }): Promise<StatusAnswer>;
  down(): Promise<void>;
  /** Begins a run; its events tell the rest. */
  run(request: RunRequest): StartedRun;
  /** Begins an experiment; a site that was up is put back as it was. */
  experiment(request: ExperimentRequest): StartedRun;
  /** Begins a run of the broken site of a gameday: nothing that its readers are told shows the cause. */
  gameday(request: GamedayRequest): StartedRun;
  /** Of a run this labd started; null for any other. */
  runEvents(run: string): EventLog<RunEvent> | null;
  /** The run that goes on now, and where its series are asked for once its site is up. */
  goingRun(): GoingRun | null;
  stopRun(run: string): void;
  /** Where Prometheus is queried about a moment, epoch ms; or why it cannot be queried now. */
  seriesAt(atMs: number): Promise<{ readonly url: string } | { readonly why: string }>;
  /** Begins an action on the site that is up. Throws when the site has not what it needs; what comes of it its events tell. */
  operate(request: { readonly action: string; readonly input: unknown }): Operation;
  /** What goes on, and what has ended. */
  readonly operations: Pick<Operations, 'get' | 'events' | 'cancel'>;
  logFile(host: string): string;
  /** Alerts of the site that is up; null when none is. */
  alerts(): Promise<readonly Alert[] | null>;
  /** Bytes in RAM now: of hosts, with what they may use, and of the lab's own programs. Null when no site is up. */
  memory(): LabMemory | null;
  /** Starts a site outside the catalogue, lends it to `work`, and ends it; nothing else can start meanwhile. */
  lend<Result>(
    topology: Topology,
    work: (session: SiteSession, signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result>;
  /** Ends everything; idempotent. */
  stop(): Promise<void>;
}

export interface LabMemory {
  readonly hosts: readonly { readonly host: string; readonly bytes: number; readonly limitBytes: number | null }[];
  readonly parts: Readonly<Record<string, number>>;
}

export interface GoingRun {
  readonly run: string;
  readonly prometheus: PrometheusClient | null;
}

export interface StartedRun {
  readonly run: string;
  readonly events: EventLog<RunEvent>;
}

/** Logs of runs that ended are read from their folders, but for the last few: those of failed runs have no folder. */
const KEPT_LOGS = 4;

/**
 * @param startSession starts the programs of a site; a test gives another
 */
export function createLab(config: LabConfig, startSession: StartLabSession = startProvided): Lab {
  const stored = config.storesSeries === true ? createStoredSeries(config) : null;
  const runLogs = new Map<string, EventLog<RunEvent>>();
  const stopping = new AbortController();
  let tell: (event: RunEvent) => void = () => {};
  /** The site that people are told of while another one is measured, whose cause is hidden. */
  let shown: Topology | null = null;

  const onHostEvent = (event: HostEvent): void => {
    tell({ type: 'host', atMs: event.atMs, host: event.host, kind: event.kind, detail: event.detail });
    operations.progress(event.atMs, `${event.host} ${event.kind} ${event.detail}`.trim());
  };
  const holder = createSiteHolder(
    config.instance,
    async (request, signal) => {
      // It would take part of the machine that is measured.
      await stored?.stop();
      return startSession(config, request, onHostEvent, signal, stored);
    },
    stopping.signal,
  );
  const operations = createOperations((action, signal) => holder.inTurn(() => perform(action, AbortSignal.any([signal, stopping.signal]))));

  const needSite = (): HeldSession => {
    const held = holder.held();
    if (held !== null) return held;
    throw new LabProblem(409, {
      what: `No site is up in instance ${config.instance}.`,
      why: 'this command changes a running site',
      do: `./lab up ${EXAMPLE.stage}`,
      code: 'E_NO_SITE',
      exit: 2,
    });
  };
  const needHost = (name: string): HeldSession => {
    const { session } = needSite();
    const names = session.site.hosts().map((host) => host.name);
    if (names.includes(name)) return needSite();
    throw new LabProblem(404, {
      what: `Unknown host ${name}.`,
      why: `hosts are ${names.join(', ')}`,
      do: './lab status',
      code: 'E_UNKNOWN_HOST',
      exit: 2,
    });
  };

  const lab: Lab = {
    status() {
      const state = holder.state();
      const serving = servingSite(state);
      const site = serving === null ? undefined : holder.held()?.session.site;
      return {
        instance: config.instance,
        pid: process.pid,
        machine: hostname(),
        state: state.kind,
        holds: state.kind === 'idle' ? null : { stage: state.site.stage, slug: state.site.slug },
        url: site?.url.direct ?? null,
        stage: serving?.stage ?? null,
        slug: serving?.slug ?? null,
        hosts: (site?.hosts() ?? []).map((host) => (shown === null ? host : asShown(host, shown))),
        run: runOf(state),
        budgets: site?.budgets ?? null,
        isolation: site?.isolation.state ?? null,
      };
    },
    async up({ stage, set, unbudgeted }) {
      await holder.up({ topology: applySettings(stageByNumber(stage).topology, set, declarations), unbudgeted });
      return lab.status();
    },
    down() {
      operations.cancelAll();
      return holder.down();
    },
    run(request) {
      const plan = planRun(request);
      return begin(plan.about, plan.unbudgeted, (recording, lease) => run(config, plan, recording, lease));
    },
    experiment(request) {
      const plan = planExperiment(request);
      return begin(plan.about, false, (recording, lease) => runExperiment(config, plan, recording, lease));
    },
    gameday(request) {
      const plan = planGameday(request);
      return begin(plan.about, plan.unbudgeted, (recording, lease) => run(config, plan, recording, lease));
    },
    runEvents: (id) => runLogs.get(id) ?? null,
    goingRun() {
      const going = runOf(holder.state());
      return going === null ? null : { run: going, prometheus: holder.held()?.session.prometheus ?? null };
    },
    stopRun(id) {
      if (runOf(holder.state()) === id) holder.interrupt();
    },
    async seriesAt(atMs) {
      const series = holder.held()?.session.series;
      if (series !== undefined && (stored === null || atMs >= series.sinceMs)) return { url: series.url };
      if (stored === null) return { why: 'no site is up' };
      const state = holder.state();
      if (state.kind === 'starting' || runOf(state) !== null)
        return { why: 'a measurement is in progress; stored series can be read after its end' };
      return { url: await stored.url() };
    },
    operate(request) {
      const action = actionIn(request);
      action.check(needSite().session.site);
      return operations.begin(action);
    },
    operations,
    alerts: async () => (await holder.held()?.session.alerts()) ?? null,
    logFile: (host) => needHost(host).session.site.logFile(host),
    memory() {
      const held = holder.held();
      if (held === null) return null;
      const { site } = held.session;
      return {
        hosts: site.read().hosts.map(({ host, memoryBytes, memoryLimitBytes }) => ({
          host,
          bytes: memoryBytes,
          limitBytes: memoryLimitBytes,
        })),
        parts: site.memoryOfParts(),
      };
    },
    async lend(topology, work, signal) {
      holder.check({ kind: 'lend' });
      const lease = holder.lease({ topology, unbudgeted: false }, topology.slug, signal);
      try {
        const session = await lease.site();
        // Whoever borrows a site looks back over all of its time.
        session.keepSamples();
        session.site.burn();
        return await work(session, lease.signal);
      } finally {
        await lease.end();
      }
    },
    async stop() {
      stopping.abort();
      await holder.down();
      await stored?.stop();
    },
  };

  /** One measurement at a time, on the site that is up or on one of its own. */
  function begin(about: RunAbout, unbudgeted: boolean, measure: (recording: Recording, lease: Lease) => Promise<void>): StartedRun {
    const { hidden } = about;
    const topology = hidden ?? about.topology;
    holder.check({ kind: 'measure', hash: hashOf(topology) });
    const log = createEventLog<RunEvent>();
    const recording = openRecording(config, about, (event) => log.append(hidden === undefined ? event : withoutConclusions(event)));
    const id = recording.writer.id;
    const lease = holder.lease({ topology, unbudgeted }, id);
    keepLog(id, log);
    shown = hidden === undefined ? null : about.topology;
    tell = recording.tell;
    const done = measure(recording, lease).finally(() => {
      tell = () => {};
      shown = null;
      log.close();
    });
    // What failed was told to the readers of the log; the state of the instance says what is left.
    done.catch((error: unknown) => logError(error));
    return { run: id, events: log };
  }

  function keepLog(id: string, log: EventLog<RunEvent>): void {
    runLogs.set(id, log);
    for (const old of [...runLogs.keys()].slice(0, -KEPT_LOGS)) runLogs.delete(old);
  }

  /** A run that goes on is told of it, and takes a planned change of hosts for no disturbance. */
  async function perform(action: Action, signal: AbortSignal): Promise<Done> {
    signal.throwIfAborted();
    const { session } = needSite();
    const work = (): Promise<Done> => action.run(session.site, signal);
    const done = await (action.definition.planned ? session.asPlanned(work) : work());
    tell({ type: 'action', atMs: Date.now(), text: done.text });
    // Prometheus learns of new and gone hosts.
    session.retarget();
    return done;
  }

  return lab;
}

/** A host without what is hidden in it. */
function asShown(host: HostStatus, { tiers }: Topology): HostStatus {
  const { cpu = host.cpu, memoryMiB = host.memoryMiB } = tiers.find(({ name }) => name === host.tier) ?? {};
  return { ...host, cpu, memoryMiB, faults: [] };
}

type StartLabSession = (
  config: LabConfig,
  request: SiteRequest,
  onHostEvent: (event: HostEvent) => void,
  signal: AbortSignal,
  stored: StoredSeries | null,
) => Promise<SiteSession>;

const startProvided: StartLabSession = async (config, request, onHostEvent, signal, stored) => {
  const tools = await findProvidedTools(request.topology, config);
  return startSiteSession(config, tools, request, onHostEvent, signal, stored);
};
