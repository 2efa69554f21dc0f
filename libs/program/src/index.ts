export {
  BadConfig,
  checkEnv,
  LISTEN,
  PROGRAM_SETTINGS,
  programConfigOf,
  readEnv,
  type Env,
  type Listen,
  type ProgramConfig,
} from './config.ts';
export { listenAt } from './listen.ts';
export { startProgram, type Program } from './program.ts';
export { exposeTotals } from './totals.ts';
export { untilAskedToStop } from './until-asked-to-stop.ts';
