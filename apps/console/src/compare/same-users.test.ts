import { expect, it } from '@jest/globals';
import { differencesOfUsers, usersWords, type Users } from './same-users.ts';

const users: Users = { profile: 'reads', seed: 42, scale: 1 };

it('one profile and one seed are the same users, whatever the site', () => {
  expect(differencesOfUsers(users, { ...users })).toEqual([]);
  expect(usersWords(users, users)).toMatch(/^The same users: profile reads, seed 42\./);
});

it('says what tells them apart', () => {
  expect(usersWords(users, { ...users, seed: 7, profile: 'mixed' })).toBe('Different users: profiles reads and mixed, seeds 42 and 7.');
  expect(differencesOfUsers(users, { ...users, scale: 0.5 })).toEqual(['scales 1 and 0.5']);
});

it('an experiment brings users of its own', () => {
  expect(differencesOfUsers(users, { ...users, experiment: 'kill-web' })).toHaveLength(1);
  expect(differencesOfUsers({ ...users, experiment: 'kill-web' }, { ...users, experiment: 'kill-web' })).toEqual([]);
});
