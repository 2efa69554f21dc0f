export { type Benches, createBenches } from './bench/benches.ts';
export { kept, oneAfterTheOther } from './bounded.ts';
export type { LabConfig } from './config.ts';
export { type Confirmations, createConfirmations } from './confirm/confirmations.ts';
export { createEventLog, type EventLog } from './event-log.ts';
export { createLab, type Lab } from './lab.ts';
export { runStep } from './labs/run-step.ts';
export { LabProblem, problemLinesOf } from './problem.ts';
export { createReadings, type Readings } from './reading/readings.ts';
