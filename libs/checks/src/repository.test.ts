import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readRepository, type Repository } from './repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-repository-'));
afterAll(() => rmSync(folder, { recursive: true }));

const git = (...args: readonly string[]): void =>
  void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'init.defaultBranch=main', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
const commit = (path: string, text: string): void => {
  writeFileSync(join(folder, path), text);
  git('add', '.');
  git('commit', '-m', path);
};
const read = (): Repository => {
  const repository = readRepository(folder);
  if (repository === null) throw new Error('no repository');
  return repository;
};

beforeAll(() => {
  git('init');
  commit('first', '1');
});

it('a young project has changed as a whole', () => {
  expect([...read().changed]).toEqual(['first']);
});

it('lately is since 20 commits ago, or since the last tag where that is nearer; what is not committed counts', () => {
  for (let n = 1; n <= 25; n += 1) commit(`file-${n}`, String(n));
  expect([...read().changed].length).toBe(20);
  expect(read().changed.has('file-5')).toBe(false);
  git('tag', 'v1');
  commit('after', 'x');
  writeFileSync(join(folder, 'loose'), 'y');
  expect([...read().changed].toSorted()).toEqual(['after', 'loose']);
});

it('the hash is of the contents of what is needed, also of what is not committed', () => {
  const needs = (path: string): boolean => path === 'loose';
  const before = read().hashOf(needs);
  commit('elsewhere', 'z');
  expect(read().hashOf(needs)).toBe(before);
  writeFileSync(join(folder, 'loose'), 'yy');
  expect(read().hashOf(needs)).not.toBe(before);
});

it('no repository is no answer', () => {
  const bare = mkdtempSync(join(tmpdir(), 'loadstair-bare-'));
  expect(readRepository(bare)).toBeNull();
  rmSync(bare, { recursive: true });
});
