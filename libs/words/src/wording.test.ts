import { expect, it } from '@jest/globals';
import { wordingOf } from './wording.ts';

it.each([
  ['Which resource of it ran out?', 'of it'],
  ['Through how many tiers does a read go that needs the database?', 'go that needs'],
  ['Whoever had no reads before opens its connections', 'Whoever'],
  ['Who comes from another region is sent away.', 'Who'],
  ['What a guarantee costs who writes', 'costs who'],
  ['Likes from which on a photo is fetched through the edges', 'from which on'],
  ['stopped by its limit in 100 % of the periods', 'stopped by its limit'],
  ['less in the middle', 'in the middle'],
  ['a share of lookups, for what it had had', 'had had'],
  ['A row that somebody was told is written.', 'was told'],
  ['while the load goes on', 'goes on'],
  ['who waits until the balancer’s looks have failed', 'looks have failed'],
  ['The run that held its SLO', 'held its SLO'],
])('finds the fault in: %s', (text, found) => expect(wordingOf(text).map((one) => one.found)).toContain(found));

it.each([
  'Which resource of db-1 ran out?',
  'Who pays for a miss?',
  'users who have a cookie are sent to web-1',
  'throttled in 100 % of its 100 ms CPU periods',
  'An experiment applies steady load, injects actions and checks stated expectations.',
])('leaves this alone: %s', (text) => expect(wordingOf(text)).toEqual([]));
