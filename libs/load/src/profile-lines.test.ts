import { expect, it } from '@jest/globals';
import { profiles } from '@loadstair/loadprofiles';
import { profileDetailLines, profileLines, profileRow, requestsPerWrite } from './profile-lines.ts';

it('counts reads for each write by the requests of the journeys, without files', () => {
  // A sign-in and a read of comments for a like and a comment.
  expect(requestsPerWrite({ journeys: { engage: 1 } })).toBe(1);
  expect(requestsPerWrite({ journeys: { engage: 0.1, read: 0.9 } })).toBeCloseTo((0.2 + 0.9) / 0.2);
  expect(requestsPerWrite({ journeys: { browse: 1 } })).toBeNull();
});

it('lists every profile within 80 columns', () => {
  const lines = profileLines();
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  for (const { name } of profiles) expect(lines.some((line) => line.startsWith(`  ${name} `))).toBe(true);
  expect(lines.find((line) => line.startsWith('  reads '))).toContain('reads only');
});

it('shows of a profile its SLO, its load and its journeys, the most frequent first, within 80 columns', () => {
  for (const profile of profiles) {
    const lines = profileDetailLines(profile);
    expect({ name: profile.name, tooLong: lines.filter((line) => [...line].length > 80) }).toEqual({ name: profile.name, tooLong: [] });
    const shares = profileRow(profile).journeys.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    for (const journey of Object.keys(profile.journeys)) expect(lines.some((line) => line.includes(` ${journey} `))).toBe(true);
  }
  const smoke = profiles.find(({ name }) => name === 'smoke');
  expect(smoke === undefined ? [] : profileDetailLines(smoke)).toEqual(
    expect.arrayContaining([
      'SLO       p95 ≤ 250 ms, at most 1 % of the requests fail',
      'load      5 arrivals/s for 45 s',
      '    40 %  browse  opens a feed in a browser',
    ]),
  );
});
