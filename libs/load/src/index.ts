export {
  compileAround,
  compileSearch,
  compileSteps,
  K6SettingInEnvironment,
  refuseK6Settings,
  tenth,
  TRIALS,
  type LoadSteps,
} from './compile.ts';
export { GeneratorFailed, startGenerator, type GeneratorOptions, type RunningGenerator } from './generator.ts';
export { histogramOf } from './histogram.ts';
export type { Climb, JourneyName, LoadPlan, Outcome, PlannedStep, Profile, ProfileSteps, RequestRow } from './plan.ts';
export { profileByName, profiles, UnknownProfile } from './profiles.ts';
export { parseLine, type GeneratorLine } from './rows.ts';
export { arrivalsOf, dueTimes, journeysOf, leadS, random } from './schedule.ts';
export { stepLoad, TIMEOUT_MS, type StepLoad, type StepRecord, type StepWindow } from './step-load.ts';
