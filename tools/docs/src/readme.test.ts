import { expect, it } from '@jest/globals';
import { stages } from '@loadstair/stages';
import { readFiles } from './repository.ts';

it('the README lists every stage with its run and its lab, and no other as if it could be run', () => {
  const [readme] = readFiles(['README.md']);
  const rows = [...(readme?.text ?? '').matchAll(/^\| (\d+) +\|[^|]+\| `\.\/lab run (\d+)` +\| `\.\/lab workshop (\d+)` +\|$/gm)];
  const numbers = stages.map(({ topology }) => String(topology.stage));
  expect(rows.map(([, ...row]) => row)).toEqual(numbers.map((number) => [number, number, number]));
});
