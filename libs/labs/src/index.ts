export { BadAnswer, NotNow, type PredictionGiven } from './advance.ts';
export { runsWords } from './answer-words.ts';
export { ANSWER, parseAnswer, type Answer, type Form, type Option, type Parsed, type Unit } from './answer.ts';
export { calibrationLines, calibrationOf, type Calibration } from './calibration.ts';
export {
  cellText,
  classOverview,
  type ClassCell,
  type ClassColumn,
  type ClassOverview,
  type ClassRow,
  type WrongAnswer,
} from './class-overview.ts';
export { createDesk, NothingToRun, summaryOf, UnknownLab, type At, type LabDesk, type LabSummary } from './desk.ts';
export { unknownFigures } from './figures.ts';
export { costOf, NoChange, OverBudget, withinBudget, type Fix, type HostCost } from './fix/fix.ts';
export { carriedIn, judgeFix, type Carried } from './fix/judge-fix.ts';
export type { FixView } from './fix/fix-view.ts';
export { GAME_LOG, leftToName, mendedAfterS, nameCause, namedAfterS, type GameLog, type Named as NamedLimit } from './gameday/game-log.ts';
export { sealOf } from './gameday/seal.ts';
export { createGameStore, type GameStore } from './gameday/game-store.ts';
export { rankGames, type GameRanking, type GameRow } from './gameday/ranking.ts';
export { classGain, gainText, normalisedGain, type Marks, type TestQuestion } from './knowledge/knowledge-test.ts';
export { BadSitting, createTestDesk, type TestDesk, type TestView } from './knowledge/test-desk.ts';
export { readGuide, type Guide } from './guide.ts';
export { BadLab, commandOf, defineLab, type AskedQuestion, type Lab, type LabStep, type StepSpec } from './lab.ts';
export { labLogOf } from './export-log.ts';
export type { GradedView, Happened } from './happened.ts';
export { BadLabLog, LABLOG, readClass, readLabLog, textOf, type ClassFiles, type LabLog, type StepLog } from './lablog.ts';
export { alignedWith, GRADE, momentOf, progressIn, type LabProgress, type Moment, type StepProgress } from './progress.ts';
export { BadLearner, createProgressStore, DamagedProgress, learnerName, type ProgressStore } from './progress-store.ts';
export { BadGuide, plainText, readProse, type Block, type Inline } from './prose.ts';
export { judgementText, type Anchor, type Judgement, type Place, type Question, type Solution } from './question.ts';
export { busyShare } from './questions/busy-share.ts';
export {
  databaseShareGuess,
  databaseShareRead,
  databaseSpikeGuess,
  databaseSpikeRead,
  hitRatioGuess,
  hitRatioRead,
  mostHits,
  staleGuess,
  staleRead,
  staleShareRead,
  writeTimeRead,
} from './questions/cache.ts';
export { databaseCapacityGuess, siteCapacityGuess, siteCapacityRead } from './questions/capacity.ts';
export { causeOrSymptom } from './questions/cause-or-symptom.ts';
export {
  costRatioGuess,
  costRatioRead,
  cpuShareGuess,
  cpuShareRead,
  dialled,
  downTime,
  failedRequests,
  failingWhileDown,
  loadOfSplitRead,
  ratioGuess,
  ratioRead,
  recoveryGuess,
  refusal,
} from './questions/experiment.ts';
export {
  edgeAnswered,
  edgeHitsGuess,
  fileTimeGuess,
  fallbacksGuess,
  fallbacksRead,
  siteBytesGuess,
  siteBytesRead,
  trafficPriceRead,
} from './questions/edges.ts';
export { highestHeld, limitingResource, limitingTier, limitLoad, nextToRunOut } from './questions/limit.ts';
export { askedInOrder, hostCount, programsOn, publicTier } from './questions/look.ts';
export { lagBeforeDeath, lostWrites, withoutWrites } from './questions/lost-writes.ts';
export { limitAgainst } from './questions/moved.ts';
export { everyResource, tierOptions } from './questions/options.ts';
export { recoveryAgainst } from './questions/recovery-against.ts';
export {
  anyFailure,
  readsPerWriteRead,
  replicaLagRead,
  replicaReadsRead,
  slowestWaitGuess,
  tailLatencyRead,
} from './questions/replicas.ts';
export { answeredMeanwhile, firstAnswerRead } from './questions/single-point.ts';
export { furthestFromEvenRead, shareOfServerGuess } from './questions/spread.ts';
export { transfer } from './questions/transfer.ts';
export type { Ran, RanExperiment, RanLoad, Runnable, Seen, StepAction } from './seen.ts';
export { settingsIn } from './settings-in.ts';
export {
  stepMarks,
  type CheckView,
  type Drawn,
  type Hint,
  type LockedView,
  type PredictView,
  type ReflectView,
  type StepMark,
  type StepView,
} from './step-view.ts';
export type { WhyView } from './why-view.ts';
