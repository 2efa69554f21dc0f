export { fallsBehind, type BacklogUse } from './backlog.ts';
export { besides, fullBefore, type Candidate, type Explanation, type FullScene, type JudgedCandidate, type Scene } from './candidate.ts';
export { counterAt, growth, lastWithin, meanWithin, type Point, type Span, type Window } from './counter.ts';
export { type Fact, type Finding, type FactSteps } from './facts.ts';
export type { CpuUse } from './cpu.ts';
export type { DiskUse } from './disk.ts';
export { heldResource, type HeldUse } from './held.ts';
export { AGAIN_SHARE, fared, LOAD_SHARE, type Fared, type HitRatioUse } from './hit-ratio.ts';
export { AT_LIMIT, HOLD_RATIO_LIMIT } from './limits.ts';
export type { MemoryUse } from './memory.ts';
export { defineResource, type Measure, type ResourceModule } from './module.ts';
export {
  HOST_KINDS,
  moduleOf,
  registerResource,
  resourceKinds,
  UnknownResource,
  type ResourceInfo,
  type ResourceKind,
  type ResourceUse,
} from './registry.ts';
export { refusedText } from './pool.ts';
export {
  capacityIn,
  presenceIn,
  useIn,
  useOnHost,
  type LinkInfo,
  type Resource,
  type Use,
  type UsedRun,
  type UsedStep,
} from './resource.ts';
export type { HostSample, HostsSample, ResourceReading, Samples, SoftSample } from './samples.ts';
export { tiersBehind } from './tiers-behind.ts';
export { componentWord, interval, milliseconds, percent, rate, rateWithInterval, type ComponentWords } from './words.ts';
