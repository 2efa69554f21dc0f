export type { Alert } from './alerts.ts';
export type {
  ConfirmationAnswer,
  DashboardAnswer,
  DiffAnswer,
  ExperimentAnswer,
  HealthAnswer,
  LabAnswer,
  ListedRunAnswer,
  LogsAnswer,
  MendableTool,
  RunAnswer,
  RunListAnswer,
  ProfileAnswer,
  StageAnswer,
  StatusAnswer,
  TraceAnswer,
  TracesAnswer,
} from './answers.ts';
export type { MeasuredAnswer, MeasuredCell, StepAnswer } from './measured.ts';
export type { CompareAnswer } from './comparison.ts';
export type { AnswerOf, CallName, OperationName, StreamName, Taken } from './client.ts';
export type { TrendAnswer } from './trend.ts';
export type { SearchesAnswer, SearchesRequest } from './searches.ts';
export { tellsAnswers } from './lab-operations.ts';
export { openApiDocument } from './openapi.ts';
export type { Operation } from './operation.ts';
export { OPERATIONS } from './operations.ts';
export { type ExperimentRequest } from './requests.ts';
