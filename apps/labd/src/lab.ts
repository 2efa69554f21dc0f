import { hostname } from 'node:os';
import type { StatusAnswer } from '@loadstair/lab-api';
import type { PrometheusClient } from '@loadstair/measure';
import type { RunEvent } from '@loadstair/runs';
import type { Databases, FailedOver, HostEvent, HostStatus, RecoveredFrom } from '@loadstair/runtime';
import { experimentByName, stageByNumber, topologyOf as siteOf, type Stage } from '@loadstair/stages';
import { applySettings, hashOf, type Topology } from '@loadstair/topology';
import type { LabdConfig } from './config.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { executeExperiment, type ExperimentRequest } from './experiments/execute-experiment.ts';
import { freeOrOther, LabProblem } from './problem.ts';
import type { Recorded, SiteAccess } from './recorded-run.ts';
import { executeRun, type RunRequest } from './run-session.ts';
import { startSiteSession, type SiteSession } from './site-session.ts';
import { findProvidedTools } from './tools.ts';

/** The one owner of an instance: at most one site is up, at most one run is going. */
export interface Lab {
  status(): StatusAnswer;
  /** Starts a site and resolves when it serves. */
  up(request: { readonly stage: number } & HowToStart): Promise<StatusAnswer>;
  down(): Promise<void>;
  /** Begins a run; its events tell the rest. */
  run(request: RunRequest): StartedRun;
  /** Begins an experiment; a site that was up is put back as it was. */
  experiment(request: ExperimentRequest): StartedRun;
  /** Of a run this labd started; null for any other. */
  runEvents(run: string): EventLog<RunEvent> | null;
  /** The run that goes on now, and where its series are asked for once its site is up. */
  goingRun(): GoingRun | null;
  stopRun(run: string): void;
  scale(tier: string, count: number): Promise<void>;
  kill(host: string): Promise<void>;
  replace(host: string): Promise<HostStatus>;
  /** Every edge forgets a file; names of those that did. */
  purge(path: string): Promise<readonly string[]>;
  failover(): Promise<FailedOver>;
  recover(): Promise<readonly RecoveredFrom[]>;
  logFile(host: string): string;
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

/** How a site is started, beside its stage. */
interface HowToStart {
  readonly set: readonly string[];
  readonly unbudgeted: boolean;
}

/** A site is measured with burners unless told; one that only is up has none. */
interface HowToMeasure extends HowToStart {
  readonly burners: boolean;
}

interface Up {
  readonly stage: Stage;
  readonly topology: Topology;
  readonly session: SiteSession;
}

interface Going {
  readonly run: string;
  readonly abort: AbortController;
  readonly done: Promise<void>;
  readonly tell: (event: RunEvent) => void;
}

export function createLab(config: LabdConfig): Lab {
  const runLogs = new Map<string, EventLog<RunEvent>>();
  const stopping = new AbortController();
  let up: Up | null = null;
  let going: Going | null = null;
  /** Starting, stopping and resizing happen one after the other. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = queue.then(work, work);
    queue = result.catch(() => {});
    return result;
  };

  const topologyOf = (stage: Stage, set: readonly string[]): Topology => applySettings(stage.topology, set);

  const onHostEvent = (event: HostEvent): void => {
    going?.tell({ type: 'host', atMs: event.atMs, host: event.host, kind: event.kind, detail: event.detail });
  };

  const start = async (stage: Stage, { set, unbudgeted }: HowToStart, signal: AbortSignal): Promise<Up> => {
    const topology = topologyOf(stage, set);
    const tools = await findProvidedTools(topology, config);
    const session = await startSiteSession(config, tools, { topology, unbudgeted }, onHostEvent, signal);
    up = { stage, topology, session };
    return up;
  };

  const needSite = (): Up => {
    if (up !== null) return up;
    throw new LabProblem(409, {
      what: `No site is up in instance ${config.instance}.`,
      why: 'this command changes a running site',
      do: './lab up 3',
      code: 'E_NO_SITE',
      exit: 2,
    });
  };
  const needHost = (name: string): Up => {
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

  const needTier = (name: string): Up => {
    const { topology } = needSite();
    const names = topology.tiers.map((tier) => tier.name);
    if (names.includes(name)) return needSite();
    throw new LabProblem(404, {
      what: `Unknown tier ${name}.`,
      why: `tiers are ${names.join(', ')}`,
      do: './lab status',
      code: 'E_UNKNOWN_TIER',
      exit: 2,
    });
  };

  const needDatabases = (): Databases => {
    const { topology, session } = needSite();
    if (session.site.databases !== null) return session.site.databases;
    throw new LabProblem(409, {
      what: `Stage ${topology.stage} has no replicas.`,
      why: 'there is one database, and nothing that could take its place',
      do: './lab up 4',
      code: 'E_NO_REPLICAS',
      exit: 2,
    });
  };

  const endSite = async (): Promise<void> => {
    const session = up?.session;
    up = null;
    await session?.stop();
  };

  const lab: Lab = {
    status() {
      const site = up?.session.site;
      return {
        instance: config.instance,
        pid: process.pid,
        machine: hostname(),
        url: site?.url.direct ?? null,
        stage: up?.stage.topology.stage ?? null,
        slug: up?.stage.topology.slug ?? null,
        hosts: site?.hosts() ?? [],
        run: going?.run ?? null,
        budgeted: site?.budgeted ?? null,
        isolation: site?.isolation.state ?? null,
      };
    },
    up: (request) =>
      inTurn(async () => {
        const stage = stageByNumber(request.stage);
        if (up !== null) {
          if (hashOf(topologyOf(stage, request.set)) === hashOf(up.topology)) return lab.status();
          throw taken(config.instance, up);
        }
        await start(stage, request, stopping.signal);
        return lab.status();
      }),
    down: async () => {
      going?.abort.abort();
      await going?.done;
      await inTurn(endSite);
    },
    run(request) {
      const stage = stageByNumber(request.stage);
      const topology = topologyOf(stage, request.set);
      return begin(stage, topology, request, (site) => executeRun({ config, stage, topology, request, ...site }));
    },
    experiment(request) {
      const experiment = experimentByName(request.name);
      const topology = siteOf(experiment);
      const stage = stageByNumber(topology.stage);
      return begin(stage, topology, { set: [], unbudgeted: false, burners: true }, (site) =>
        executeExperiment({ config, experiment, topology, request, borrowed: up !== null, ...site }),
      );
    },
    runEvents: (run) => runLogs.get(run) ?? null,
    goingRun: () => (going === null ? null : { run: going.run, prometheus: up?.session.prometheus ?? null }),
    stopRun(run) {
      if (going?.run === run) going.abort.abort();
    },
    scale: (tier, count) => inTurn(() => needTier(tier).session.site.scale(tier, count, stopping.signal).then(retarget)),
    kill: (host) => inTurn(() => needHost(host).session.site.kill(host)),
    replace: (host) =>
      inTurn(async () => {
        const status = await needHost(host).session.site.replace(host, stopping.signal);
        retarget();
        return status;
      }),
    purge: (path) => needSite().session.site.purge(path, stopping.signal),
    failover: () => inTurn(() => needDatabases().failover(stopping.signal)),
    recover: () => inTurn(() => needDatabases().recover(stopping.signal)),
    logFile: (host) => needHost(host).session.site.logFile(host),
    memory() {
      if (up === null) return null;
      const { site } = up.session;
      return {
        hosts: site.read().hosts.map(({ host, memoryBytes, memoryLimitBytes }) => ({
          host,
          bytes: memoryBytes,
          limitBytes: memoryLimitBytes,
        })),
        parts: site.memoryOfParts(),
      };
    },
    lend(topology, work, signal) {
      if (going !== null) throw measuring(config.instance, going);
      if (up !== null) throw taken(config.instance, up);
      const abort = new AbortController();
      const any = AbortSignal.any([abort.signal, stopping.signal, signal]);
      const result = inTurn(async () => {
        const tools = await findProvidedTools(topology, config);
        const session = await startSiteSession(config, tools, { topology, unbudgeted: false }, onHostEvent, any);
        // Whoever borrows a site looks back over all of its time.
        session.keepSamples();
        session.site.burn();
        return await work(session, any).finally(() => session.stop());
      }).finally(() => (going = null));
      const settled = result.then(
        () => {},
        () => {},
      );
      going = { run: topology.slug, abort, done: settled, tell: () => {} };
      return result;
    },
    async stop() {
      stopping.abort();
      await going?.done;
      await inTurn(endSite);
    },
  };

  /** One measurement at a time, on the site that is up or on one of its own. */
  function begin(stage: Stage, topology: Topology, request: HowToMeasure, execute: (site: SiteAccess) => Recorded): StartedRun {
    if (going !== null) throw measuring(config.instance, going);
    const wasUp = up;
    if (wasUp !== null && hashOf(topology) !== hashOf(wasUp.topology)) throw taken(config.instance, wasUp);
    const log = createEventLog<RunEvent>();
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, stopping.signal]);
    const execution = execute({
      site: async () => {
        const { session } = up ?? (await start(stage, request, signal));
        if (request.burners) session.site.burn();
        return session;
      },
      endSite: wasUp === null ? endSite : () => wasUp.session.site.rest(),
      emit: (event) => log.append(event),
      signal,
    });
    runLogs.set(execution.run, log);
    const done = execution.done.finally(() => {
      going = null;
      log.close();
    });
    going = { run: execution.run, abort, done, tell: execution.tell };
    return { run: execution.run, events: log };
  }

  /** Prometheus learns of new and gone hosts. */
  function retarget(): void {
    up?.session.retarget();
  }

  return lab;
}

function measuring(instance: number, going: Going): LabProblem {
  return new LabProblem(409, {
    what: `A run is going in instance ${instance}.`,
    why: `run ${going.run} has not ended`,
    do: `wait for it, stop it with ./lab down, or use --instance ${instance + 1} after it: two measurements at once disturb each other`,
    code: 'E_RUNNING',
    exit: 1,
  });
}

function taken(instance: number, up: Up): LabProblem {
  return new LabProblem(409, {
    what: `Instance ${instance} already runs stage ${up.topology.stage} ${up.topology.slug}.`,
    why: 'an instance holds one site, and it differs from what was asked for',
    do: freeOrOther(instance),
    code: 'E_INSTANCE_TAKEN',
    exit: 1,
  });
}
