import { Problem } from '@loadstair/kit';

/** An error a person can act on. */
export class CliProblem extends Problem {}
