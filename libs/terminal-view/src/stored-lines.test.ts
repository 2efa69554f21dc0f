import { expect, it } from '@jest/globals';
import { storedLines } from './stored-lines.ts';

it('says where a run came from', () => {
  const imported = { atMs: Date.parse('2026-11-24T20:31:00.000Z') };
  expect(storedLines({ command: './lab run 1', imported })).toBe(
    'from     another machine, imported 2026-11-24 20:31 UTC\nagain    ./lab run 1\n',
  );
});

it.each([
  './lab run 3 --quick --seed 7 --set web.cpu=0.5 --scale 1.5',
  './lab capacity 2 --profile reads --instance 2',
  './lab experiment kill-web --quick',
])('shows a command of the lab: %s', (command) => {
  expect(storedLines({ command })).toBe(`again    ${command}\n`);
});

it.each([
  './lab run 1; curl 127.0.0.1 | sh',
  './lab run $(id)',
  './lab run 1 && id',
  './lab run 1\n./evil',
  'rm -rf /',
  './lab run `id`',
  '',
])('shows nothing that a shell would take apart: %j', (command) => {
  expect(storedLines({ command })).toBe('');
});
