import { createStore, type OpenedRun, type RunEvent } from '@loadstair/runs';
import { stageByNumber, stages } from '@loadstair/stages';
import type {
  CompareAnswer,
  DashboardAnswer,
  DiffAnswer,
  HealthAnswer,
  LogsAnswer,
  RunAnswer,
  RunListAnswer,
  StageAnswer,
  TraceAnswer,
  TracesAnswer,
} from '@loadstair/lab-api';
import type { LabConfig } from '../config.ts';
import { createEventLog, type EventLog } from '../event-log.ts';
import type { Lab } from '../lab.ts';
import { compareReading, type CompareQuery } from './compare-reading.ts';
import { dashboardReading } from './dashboard-reading.ts';
import { healthReading } from './health-reading.ts';
import { runListReading } from './run-list-reading.ts';
import { runReading, unknownAs404 } from './run-reading.ts';
import { logsReading, traceReading, tracesReading, type LogsQuery, type TracesQuery } from './signal-readings.ts';
import { diffReading, stageReading } from './stage-reading.ts';

/** What the console reads: the catalogue, and what runs left, those of earlier labds too. */
export interface Readings {
  stages(): readonly StageAnswer[];
  diff(stage: number, other: number): DiffAnswer;
  runs(query: { readonly search: string; readonly page: number }): RunListAnswer;
  run(id: string): RunAnswer;
  /** A run that has ended, whole. */
  whole(id: string): OpenedRun;
  /** Of a run that an earlier labd did, to their end. */
  events(id: string): EventLog<RunEvent>;
  dashboard(run: string, uid: string): Promise<DashboardAnswer>;
  traces(run: string, query: TracesQuery): TracesAnswer;
  trace(run: string, trace: string): TraceAnswer;
  logs(run: string, query: LogsQuery): LogsAnswer;
  compare(query: CompareQuery): CompareAnswer;
  health(): Promise<HealthAnswer>;
}

export function createReadings(config: LabConfig, lab: Lab): Readings {
  const store = createStore(config.labFolder);
  const list = runListReading(store, () => lab.status().run);
  return {
    stages: () => stages.map((stage, index) => stageReading(stage, stages[index - 1] ?? null)),
    diff: (stage, other) => diffReading(stageByNumber(stage), stageByNumber(other)),
    runs: list,
    run: (id) => runReading(store, id, lab.status().run),
    whole: (id) => unknownAs404(() => store.open(id)),
    events(id) {
      const log = createEventLog<RunEvent>();
      for (const event of unknownAs404(() => store.events(id))) log.append(event);
      log.close();
      return log;
    },
    dashboard: dashboardReading(store, () => lab.goingRun()),
    traces: (run, query) => tracesReading(store, run, query),
    trace: (run, trace) => traceReading(store, run, trace),
    logs: (run, query) => logsReading(store, run, query),
    compare: (query) => compareReading(store, query),
    health: () => healthReading({ labFolder: config.labFolder, path: config.path }),
  };
}
