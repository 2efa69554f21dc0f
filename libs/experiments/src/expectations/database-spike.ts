import { atLeast } from '../bound.ts';
import { cacheTable } from '../cache-reading.ts';
import { defineExpectation, unseen } from '../expectation.ts';
import { AGAINST, bothPhases, RATIO } from '../fields.ts';
import { databasesIn, steadyOf } from '../reading.ts';

/** CPU of the databases in the first seconds after a phase’s actions ÷ that of a phase before them. */
export const databaseSpike = defineExpectation({
  kind: 'database-spike',
  input: AGAINST.extend({ least: RATIO }),
  phases: bothPhases,
  sentence: ({ phase, than, least }) => ({
    about: `database load right after the change: ${phase} against ${than}`,
    expected: `at least ×${least}`,
  }),
  observe(observed, { phase, than }) {
    const before = steadyOf(observed, than);
    const atOnce = observed.phases.find(({ name }) => name === phase)?.atOnce ?? null;
    if (before === null || atOnce === null) return unseen('database CPU was not measured in both phases');
    const cores = databasesIn(before).reduce((sum, host) => sum + host.cores, 0);
    return cores <= 0 ? unseen('the databases did nothing before') : { atOnce, cores, ratio: atOnce.databaseCores / cores };
  },
  judge({ atOnce, cores, ratio }, { least }) {
    const milli = (value: number): string => `${Math.round(value * 1000)} ms`;
    return {
      measured: `${milli(atOnce.databaseCores)} of CPU per second against ${milli(cores)}: ×${ratio.toFixed(1)} for ${((atOnce.endMs - atOnce.startMs) / 1000).toFixed(0)} s`,
      ...atLeast(ratio, least),
      values: { cores: atOnce.databaseCores, otherCores: cores, ratio },
    };
  },
  table: cacheTable,
});
