export { simulate, type SimulatedRun } from './run/simulate.ts';
