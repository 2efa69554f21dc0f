import { profileRows } from '@loadstair/load';
import {
  baselineStore,
  createStore,
  isSealed,
  runOverTime,
  sealedRuns,
  type OpenedRun,
  type RunEvent,
  type RunOverTime,
  type RunStore,
} from '@loadstair/runs';
import { stageByNumber, stages } from '@loadstair/stages';
import type {
  CompareAnswer,
  DashboardAnswer,
  DiffAnswer,
  HealthAnswer,
  LogsAnswer,
  MeasuredAnswer,
  ProfileAnswer,
  RunAnswer,
  RunListAnswer,
  StageAnswer,
  TraceAnswer,
  TracesAnswer,
  TrendAnswer,
} from '@loadstair/lab-api';
import type { LabConfig } from '../config.ts';
import { createEventLog, type EventLog } from '../event-log.ts';
import type { Lab } from '../lab.ts';
import { thisMachine } from '../machine.ts';
import { withoutConclusions } from '../without-conclusions.ts';
import { compareReading, type CompareQuery } from './compare-reading.ts';
import { dashboardReading } from './dashboard-reading.ts';
import { healthReading } from './health-reading.ts';
import { measuredReading } from './measured-reading.ts';
import { runListReading, type ListQuery } from './run-list-reading.ts';
import { runReading, sealedReading, unknownAs404 } from './run-reading.ts';
import { logsReading, traceReading, tracesReading, type LogsQuery, type TracesQuery } from './signal-readings.ts';
import { traceRunReading } from './trace-run-reading.ts';
import { trendReading, type TrendQuery } from './trend-reading.ts';
import { diffReading, stageReading } from './stage-reading.ts';

/** What the console reads: the catalogue, and what runs left, those of earlier labds too. */
export interface Readings {
  stages(): readonly StageAnswer[];
  profiles(): readonly ProfileAnswer[];
  diff(stage: number, other: number): DiffAnswer;
  measured(): MeasuredAnswer;
  runs(query: ListQuery): RunListAnswer;
  run(id: string): RunAnswer;
  /** A run that has ended, whole. */
  whole(id: string): OpenedRun;
  /** File with its report. */
  report(id: string): string;
  /** Of a run that an earlier labd did, to their end. */
  events(id: string): EventLog<RunEvent>;
  dashboard(run: string, uid: string): Promise<DashboardAnswer>;
  traces(run: string, query: TracesQuery): TracesAnswer;
  trace(run: string, trace: string): TraceAnswer;
  /** The run that has a trace. */
  runOfTrace(trace: string): string;
  logs(run: string, query: LogsQuery): LogsAnswer;
  /** Load, latency and use of a run, second by second. */
  overTime(run: string): RunOverTime;
  compare(query: CompareQuery): CompareAnswer;
  trend(query: TrendQuery): TrendAnswer;
  health(): Promise<HealthAnswer>;
}

/** Which runs are read, and beside what. */
export interface ReadFrom {
  readonly store: RunStore;
  /** The one that runs must have been measured on to say something of stages. */
  readonly machine: { readonly cores: number; readonly model: string };
  readonly health: () => Promise<HealthAnswer>;
}

/** @param from runs of this lab and this machine when it is left out */
export function createReadings(config: LabConfig, lab: Pick<Lab, 'status' | 'goingRun'>, from: ReadFrom = ownRuns(config)): Readings {
  const { store, machine } = from;
  const sealed = sealedRuns(config.labFolder);
  const hides = (id: string): boolean => isSealed(config.labFolder, id);
  const signalsOf = (id: string): RunStore => (hides(id) ? sealed : store);
  const dashboard = dashboardReading(store, () => lab.goingRun());
  const sealedDashboard = dashboardReading(sealed, () => lab.goingRun());
  const list = runListReading(store, () => lab.status().run);
  return {
    stages: () => stages.map((stage, index) => stageReading(stage, stages[index - 1] ?? null)),
    profiles: profileRows,
    diff: (stage, other) => diffReading(stageByNumber(stage), stageByNumber(other)),
    measured: measuredReading(store, machine),
    runs: list,
    run: (id) => (hides(id) ? sealedReading(sealed, id) : runReading(store, id, lab.status().run)),
    whole: (id) => unknownAs404(() => store.open(id)),
    report: (id) => unknownAs404(() => store.report(id)),
    events(id) {
      const log = createEventLog<RunEvent>();
      const readable = hides(id) ? withoutConclusions : (event: RunEvent) => event;
      for (const event of unknownAs404(() => signalsOf(id).events(id))) log.append(readable(event));
      log.close();
      return log;
    },
    dashboard: (run, uid) => (hides(run) ? sealedDashboard(run, uid) : dashboard(run, uid)),
    traces: (run, query) => tracesReading(signalsOf(run), run, query),
    trace: (run, trace) => traceReading(signalsOf(run), run, trace),
    runOfTrace: (trace) => traceRunReading(store, lab.status().run, trace),
    logs: (run, query) => logsReading(signalsOf(run), run, query),
    overTime: (id) => runOverTime(unknownAs404(() => store.events(id))),
    compare: (query) => compareReading(store, query, () => baselineStore(config.labFolder).read()),
    trend: trendReading(store, machine),
    health: from.health,
  };
}

function ownRuns({ labFolder, path }: LabConfig): ReadFrom {
  return { store: createStore(labFolder), machine: thisMachine(), health: () => healthReading({ labFolder, path }) };
}
