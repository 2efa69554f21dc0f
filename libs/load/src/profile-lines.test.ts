import { expect, it } from '@jest/globals';
import { profiles } from '@loadstair/loadprofiles';
import { profileLines, requestsPerWrite } from './profile-lines.ts';

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
