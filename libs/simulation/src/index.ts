export { countsFor, FULL_COUNTS, triesOf, type CaseCounts } from './cases/generate.ts';
export { simulate, type SimulatedRun } from './run/simulate.ts';
export { judge, type Judged } from './score/judge.ts';
export { runCases, type Progress } from './score/run-cases.ts';
export { headline, scoreSheet, type Bar, type Headline, type ScoreSheet, type Share, type SinglesScore } from './score/sheet.ts';
export { fitTo, sameRun } from './fit/fit.ts';
export { runSearches, searchSheet, type SearchSheet, type StageScore, type StageSearches } from './score/searches.ts';
