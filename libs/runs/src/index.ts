export { cleanText } from './foreign/clean-text.ts';
export { exportRun, importRun } from './archive.ts';
export { isLabCommand } from './foreign/lab-command.ts';
export { benchHistory, type BenchHistory } from './bench/bench-history.ts';
export {
  benchOutcome,
  benchRow,
  type Bar,
  type BenchOutcome,
  type BenchResult,
  type BenchRow,
  type BenchUnit,
} from './bench/bench-result.ts';
export type { BenchEvent } from './bench/bench-events.ts';
export { proofPlan, type ProofPlan, type ProofRequest, type ProofRun } from './confirm/proof-plan.ts';
export { prove, type Proof } from './confirm/prove.ts';
export { BadRun } from './errors.ts';
export { earlierRuns } from './earlier-runs.ts';
export type { Phase, RunEvent } from './events.ts';
export type { Manifest } from './manifest.ts';
export { discardSealed, isSealed, openSealed, sealedRuns } from './sealed.ts';
export { renderExperiment, type ExperimentReportInput } from './report/experiment-report.ts';
export { renderReport, type ReportInput } from './report/report.ts';
export type { KeptExemplar, KeptQuery, KeptSeries } from './series.ts';
export { readRun, readSeries, type OpenedRun } from './run-folder.ts';
export type { RunLabel } from './run-label.ts';
export type { RunWriter } from './run-writer.ts';
export { PACKED, packRecorded } from './recorded/pack-recorded.ts';
export { recordedStore, unpackRecorded } from './recorded/recorded-store.ts';
export { createStore, type ListedRun, type RunStore } from './store.ts';
export type { LogLine } from './signals/log-lines.ts';
export { traitsOf, type LoadSpan, type Part, type RequestTraits, type Trait } from './signals/request-traits.ts';
export { slowShare, type SharedTrait, type SlowShare } from './signals/slow-share.ts';
export type { Span } from './signals/span-tree.ts';
export { isExport, requestsOf, type TracedRequest } from './signals/spans.ts';
export { runOverTime, type RunOverTime } from './comparison/over-time.ts';
export { armOf, differences, judgeRuns, type Arm, type ArmRun } from './comparison/arm.ts';
export { comparisonOf, groupRuns, labelOf, type CompareOptions, type Pricing, type RunGroup } from './comparison/compare-runs.ts';
export {
  baselineHolds,
  baselineStore,
  writeComparison,
  type BaselineStore,
  type ComparisonRecord,
  type PricedArm,
} from './comparison/comparison-store.ts';
export { EXPORT_PREFIX, prunable, prune, staleExports, type Prunable } from './prune.ts';
export { renderComparison } from './report/comparison-report.ts';
