export type { CacheUse } from '@loadstair/program/stats';
export { componentOf, contentOf, registerComponent } from './catalogue.ts';
export { NOTHING_READ } from './component.ts';
export type {
  CacheState,
  Component,
  ComponentContext,
  ComponentMetrics,
  Conflict,
  FilesReading,
  HostContext,
  InImage,
  PlannedFile,
  PlannedJob,
  ProcessSpec,
  PromisedRow,
  Replication,
  Restored,
  RunOptions,
  Secrets,
  Server,
  SoftReading,
  SoftResource,
  ToolPaths,
} from './component.ts';
export type { DatabaseContent, RestorableTable } from './database-content.ts';
export { haproxyCommand, haproxyStats, type ServerStat } from './haproxy/admin.ts';
export { HostNotReady, httpOk, untilReady, type Probe } from './wait/wait.ts';
export { imageOf, planHost, planSite, type Plan, type PlannedComponent, type PlannedHost, type PlannedTier } from './plan.ts';
export { initialise, settled } from './start.ts';
export { type Readiness } from './wait/readiness.ts';
