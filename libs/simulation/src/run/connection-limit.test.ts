import { expect, it } from '@jest/globals';
import { diagnose, verdictLines } from '@loadstair/analysis';
import { Chance } from '@loadstair/simulation-engine';
import { separateDatabase } from '@loadstair/stages/simulated';
import { runOf } from '../cases/case.ts';
import { simulate } from './simulate.ts';

const LOAD = 64;

it.each([1, 2, 3])('a database that accepts few connections is named by them, and not where it accepts all (seed %i)', (seed) => {
  const chance = new Chance(seed);
  const base = separateDatabase.site(chance, 'pages', LOAD, 1.5);
  const line = separateDatabase.later?.find(({ kind }) => kind === 'connections');
  const put = line?.cause(base, LOAD, chance);
  if (put?.control === undefined) throw new Error('connections can always be made few');
  const run = simulate(runOf(separateDatabase, put.site, 'few', seed, LOAD));
  const verdict = diagnose(run);
  expect(verdict).toMatchObject({ kind: 'named', tier: 'db', resource: 'connections' });
  expect(verdictLines(verdict, run).join('\n')).toMatch(/connections that it accepts were open[^]*SQLSTATE 53300/);
  const control = diagnose(simulate(runOf(separateDatabase, put.control, 'all', seed, LOAD)));
  expect(control).not.toMatchObject({ resource: 'connections' });
});
