export { auditLines, auditWork, type WorkAudit } from './audit.ts';
export { capacityOf, repeatability, type Capacity, type Repeatability, type SearchOutcome } from './capacity.ts';
export { openSide, trialProblems, type CapacityTrial, type OpenSide } from './capacity-trials.ts';
export { capacityLines, sloText } from './capacity-text.ts';
export {
  compareArms,
  confidenceOf,
  estimateArm,
  falsePositives,
  LEAST_RUNS,
  pooledSpread,
  SMALLEST_OF_INTEREST,
  type ArmEstimate,
  type Comparison,
  type ComparisonWord,
  type Spread,
} from './comparison.ts';
export {
  confirmationOf,
  confirmationRows,
  onsetLoad,
  type Confirmation,
  type Judged,
  type Relaxed,
  type RelaxedRun,
} from './confirmation.ts';
export { changePoints, LEAST_VALUES, type ChangePoint } from './change-points.ts';
export { demandsOf } from './demand.ts';
export { databaseLines, readsPerWrite } from './database-lines.ts';
export { trafficLines } from './traffic.ts';
export { imbalanceText } from './imbalance.ts';
export { takenOutText } from './taken-out.ts';
export { withoutEdgeText } from './without-edge.ts';
export { diagnose } from './diagnose.ts';
export { componentWord, interval, milliseconds, percent, rate, rateWithInterval } from '@loadstair/resources';
export { failuresText, reasonsText, reasonText } from './failures.ts';
export { capitalised, resourceName, resourceWord } from './format.ts';
export { verdictInShort } from './in-short.ts';
export { LIMITS as GATE_LIMITS, OF_ONE_STEP } from './gate-check.ts';
export { gate } from './gate.ts';
export { usualCost, type UsualCost } from './machine-speed.ts';
export { bucketOf, histogramOf, merge, quantile } from './histogram.ts';
export { latencyAtSameLoad, type LatencyAtLoad } from './latency-shape.ts';
export { pairedRatio, type Pair, type PairedRatio } from './paired-ratio.ts';
export { failsClearly, findOnset, loadSteps, stepHolds, type StepVerdict } from './onset.ts';
export { projections, type Projection } from './projection.ts';
export type {
  ClassLoad,
  Climb,
  DatabaseUse,
  EdgeUse,
  FailedExample,
  FailedRequests,
  Histogram,
  Incident,
  PricedTraffic,
  RegionLoad,
  RunData,
  ServerOut,
  Slo,
  StepData,
  StepKind,
  StepLoad,
  StepMachine,
  TierInfo,
} from './run-data.ts';
export { STEP_KINDS } from './run-data.ts';
export { fromStored, type StoredRunData } from './stored-run-data.ts';
export { resourceTable, stepSummaries, type ResourceRow, type StepSummary } from './summary.ts';
export { median, wilson } from './statistics.ts';
export { utcMinute } from './times.ts';
export type {
  BackgroundUse,
  Evidence,
  GateCheck,
  Imbalance,
  Interval,
  Named,
  NamedResource,
  NoneInRange,
  Onset,
  Refused,
  RefusalCode,
  RuledOut,
  RunnerUp,
  TakenOut,
  Unexplained,
  Verdict,
  WithoutEdge,
} from './verdict.ts';
export { REFUSAL_CODES } from './verdict.ts';
export { verdictLines, verdictText, type VerdictText } from './verdict-text.ts';
