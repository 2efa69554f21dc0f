export { capacityOf, repeatability, trialProblems, type Capacity, type CapacityTrial } from './capacity.ts';
export { compareArms, estimateArm, SMALLEST_OF_INTEREST, type ArmEstimate, type Comparison, type ComparisonWord } from './comparison.ts';
export { diagnose } from './diagnose.ts';
export {
  capitalised,
  componentWord,
  interval,
  milliseconds,
  percent,
  rate,
  rateWithInterval,
  resourceName,
  resourceWord,
} from './format.ts';
export { gate } from './gate.ts';
export { merge, quantile } from './histogram.ts';
export { findOnset, loadSteps, stepHolds, type StepVerdict } from './onset.ts';
export type {
  ClassLoad,
  Histogram,
  Incident,
  ResourceInfo,
  ResourceKind,
  ResourceUse,
  RunData,
  Slo,
  StepData,
  StepKind,
  StepLoad,
  StepMachine,
  TierInfo,
} from './run-data.ts';
export { resourceTable, stepSummaries, type ResourceRow, type StepSummary } from './summary.ts';
export { wilson } from './statistics.ts';
export { AT_LIMIT } from './suspects.ts';
export type {
  Evidence,
  GateCheck,
  Interval,
  Named,
  NamedResource,
  NoneInRange,
  Onset,
  Refused,
  RefusalCode,
  RuledOut,
  RunnerUp,
  Unexplained,
  Verdict,
} from './verdict.ts';
export { verdictLines, verdictText, type VerdictText } from './verdict-text.ts';
