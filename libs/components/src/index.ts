export type { CacheUse } from '@loadstair/program/stats';
export {
  componentOf,
  contentOf,
  ENTRY_BYTES,
  registerComponent,
  simulatedHaproxy,
  simulatedPostgres,
  simulatedSite,
  type HaproxyModel,
  type PostgresModel,
  type SiteModel,
} from './catalogue.ts';
export type {
  Component,
  ComponentContext,
  ComponentMetrics,
  Conflict,
  HostContext,
  InImage,
  PlannedFile,
  PlannedJob,
  ProcessSpec,
  Replication,
  Restored,
  RunOptions,
  Secrets,
  Server,
  SoftResource,
  ToolPaths,
} from './component.ts';
export { demandOf, type Assumed, type Demand, type TierDemand } from './demand.ts';
export type { DatabaseContent, RestorableTable } from './database-content.ts';
export { HostNotReady, httpOk, untilReady, type Probe } from './wait/wait.ts';
export {
  imageOf,
  planHost,
  planSite,
  type ContextOf,
  type Plan,
  type PlannedComponent,
  type PlannedHost,
  type PlannedTier,
} from './plan.ts';
export { initialise, settled } from './start.ts';
export { type Readiness } from './wait/readiness.ts';
export {
  HEALTHY,
  modelOf,
  type Answer,
  type HttpDemand,
  type HttpServer,
  type SimulatedComponent,
  type SimulatedContext,
  type SimulatedModel,
  type SimulatedRequest,
  type SimulatedServer,
  type SimulatedWorld,
  type Served,
} from './simulated.ts';
export { NOTHING_READ, type CacheState, type CheckOutcome, type FilesReading, type ServerState, type SoftReading } from './soft-reading.ts';
