export { Problem, type ProblemLines } from './problem.ts';
export { random, shuffled } from './chance.ts';
