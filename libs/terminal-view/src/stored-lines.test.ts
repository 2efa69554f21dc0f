import { expect, it } from '@jest/globals';
import type { OwnProfile } from '@loadstair/load/own-profile';
import { storedLines } from './stored-lines.ts';

it('says where a run came from', () => {
  const imported = { atMs: Date.parse('2026-11-24T20:31:00.000Z') };
  expect(storedLines({ run: 'k3f9', command: './lab run 1', imported })).toBe(
    'from     another machine, imported 2026-11-24 20:31 UTC\nagain    ./lab run 1\n',
  );
});

it.each([
  './lab run 3 --quick --seed 7 --set web.cpu=0.5 --scale 1.5',
  './lab capacity 2 --profile reads --instance 2',
  './lab experiment kill-web --quick',
])('shows a command of the lab: %s', (command) => {
  expect(storedLines({ run: 'k3f9', command })).toBe(`again    ${command}\n`);
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
  expect(storedLines({ run: 'k3f9', command })).toBe('');
});

it('says what a profile of one’s own was for, and how to have its file', () => {
  const ownProfile: OwnProfile = {
    name: 'mine',
    purpose: 'Most users read feeds, and few of them do anything else in a whole evening at home.',
    slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
    journeys: { read: 1 },
    steps: { kind: 'climb' },
  };
  const lines = storedLines({ run: 'k3f9', command: './lab run 1 --profile ./mine.ts', ownProfile }).split('\n');
  expect(lines).toEqual([
    'profile  mine: Most users read feeds, and few of them do anything else in a',
    '         whole evening at home.',
    'file     ./lab profiles new mine.ts --from k3f9',
    'again    ./lab run 1 --profile ./mine.ts',
    '',
  ]);
});
