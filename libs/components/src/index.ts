export type { CacheUse } from '@loadstair/program/stats';
export { componentOf, contentOf } from './catalogue.ts';
export { NOTHING_READ } from './component.ts';
export type {
  CacheState,
  Component,
  ComponentContext,
  ComponentMetrics,
  Conflict,
  FilesReading,
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
