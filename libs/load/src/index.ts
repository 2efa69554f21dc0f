export {
  arrivalsOf,
  dueTimes,
  journeysOf,
  leadS,
  profiles,
  traceOf,
  type Climb,
  type JourneyName,
  type LoadPlan,
  type Outcome,
  type PlannedStep,
  type Profile,
  type ProfileSteps,
  type PromisedWrite,
  type RegionOfUsers,
  type RequestRow,
  type Via,
} from '@loadstair/loadprofiles';
export {
  compileAround,
  compileSearch,
  compileSteps,
  holdOf,
  K6SettingInEnvironment,
  refuseK6Settings,
  tenth,
  TRIALS,
  trialShares,
  type LoadSteps,
} from './compile.ts';
export { failuresOf, reasonOf, UNHEARD, type Reason } from './failures.ts';
export { GeneratorFailed, startGenerator, type GeneratorOptions, type RunningGenerator } from './generator.ts';
export { isFailure, wasCutShort, wasSent } from './is-failure.ts';
export { isWrite, JOURNEY_NAMES, journeyDoes, requestsOf, type ClientRequest } from './journey-requests.ts';
export { fileOfProfile, profileFrom, TakenProfileName, type OwnProfile, type ProfileFile } from './own-profile.ts';
export { askedProfile, BadProfileFile, isProfileFile, profileNameOf, readProfileFile } from './profile-file.ts';
export { profileDetailLines, profileLines, profileRow, profileRows, requestsPerWrite, type ProfileRow } from './profile-lines.ts';
export { EXAMPLE_PROFILE, profileText } from './profile-template.ts';
export { profileByName, UnknownProfile } from './profile-by-name.ts';
export { parseLine, type GeneratorLine } from './rows.ts';
export { BadSlo, parseSlo } from './slo.ts';
export { TRACED_SHARE } from './traced.ts';
export { stepLoad, TIMEOUT_MS, type Draw, type StepRecord, type StepWindow } from './step-load.ts';
