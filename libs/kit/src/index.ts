export type { CodeMeaning, Codes } from './code-meaning.ts';
export { Problem, type ProblemLines } from './problem.ts';
export { allOf, register } from './register.ts';
export { random, shuffled } from './chance.ts';
export { isHeldOut } from './held-out.ts';
export type { Unchanged } from './unchanged.ts';
export { wrapped } from './wrapped.ts';
