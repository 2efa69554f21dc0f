export { exportRun, importRun } from './archive.ts';
export { BadRun, DiskRefused } from './errors.ts';
export type { Phase, ProblemLines, RunEvent, SearchOutcome } from './events.ts';
export type { Manifest } from './manifest.ts';
export { renderReport, type ReportInput } from './report/report.ts';
export { createStore, readRun, type ListedRun, type OpenedRun, type RunStore, type RunWriter } from './store.ts';
