export { agreesWith, describe, type Fixture, fixtureOf, FIXTURES, NOT_MET } from './agreement.ts';
export {
  claimsOf,
  hasRoom,
  holdsAlways,
  isKept,
  LEAST_MARGIN,
  type Claim,
  type ExperimentClaims,
  type Margin,
} from './claims/claims.ts';
export { keepTrial, makeTrial, readTrials, type Trial } from './claims/trials.ts';
export { disturb, type Disturbance } from './injections/disturb.ts';
export { expectedText, judge, type Judged, LEAST_MOVE, LEAST_RIGHT, type Score, scoreOf } from './injections/judge.ts';
export { everythingLeft } from './kills/kill-left.ts';
export { KILL_COMMANDS, killCommandText } from './kills/kill-plan.ts';
export { countKills, type KillRecord, readRecords, writeRecords } from './kills/kill-records.ts';
export { playRound } from './kills/kill-round.ts';
export { burnersOf, groupFolder, labdPid, leftoversOf, pidsInGroup, processesOf } from './leftovers.ts';
export { panelsWithoutData } from './panels-without-data.ts';
