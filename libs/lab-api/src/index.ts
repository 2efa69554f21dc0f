export type {
  CompareAnswer,
  ExperimentAnswer,
  HealthAnswer,
  LogsAnswer,
  ListedRunAnswer,
  MendableTool,
  RunAnswer,
  RunListAnswer,
  StageAnswer,
  StatusAnswer,
  TraceAnswer,
  TracesAnswer,
} from './answers.ts';
