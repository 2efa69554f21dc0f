import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { policyFileBelow, putPolicy, takeAwayPolicy, type PolicyFile } from './policy-file.ts';

const USERS = '#!/bin/sh\n# of the user\nexit 0\n';
let root: string;
let policy: PolicyFile;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loadstair-policy-'));
  mkdirSync(join(root, 'usr/sbin'), { recursive: true });
  policy = policyFileBelow(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const text = (): string | null => (existsSync(policy.file) ? readFileSync(policy.file, 'utf8') : null);

describe('policy-rc.d', () => {
  it('denies every start while packages are installed, and is away afterwards', () => {
    const before = process.umask(0o077);
    putPolicy(policy);
    process.umask(before);
    expect(text()).toMatch(/^#!\/bin\/sh\n# loadstair: .*\nexit 101\n$/);
    expect(statSync(policy.file).mode & 0o777).toBe(0o755);
    expect(takeAwayPolicy(policy)).toBe(true);
    expect(text()).toBeNull();
    expect(takeAwayPolicy(policy)).toBe(false);
  });

  it('keeps the file of the user, however often an installation is interrupted', () => {
    writeFileSync(policy.file, USERS);
    // Interrupted: nobody takes it away in between.
    putPolicy(policy);
    putPolicy(policy);
    putPolicy(policy);
    takeAwayPolicy(policy);
    expect(text()).toBe(USERS);
    expect(existsSync(policy.aside)).toBe(false);
  });

  it('mends a kill between any two steps', () => {
    writeFileSync(policy.file, USERS);
    // The second name is there, our file not yet.
    linkSync(policy.file, policy.aside);
    writeFileSync(`${policy.file}.loadstair-new`, '');
    takeAwayPolicy(policy);
    expect([text(), existsSync(policy.aside), existsSync(`${policy.file}.loadstair-new`)]).toEqual([USERS, false, false]);
    // Of an earlier version: moved aside, nothing in its place, then its file in its place.
    renameSync(policy.file, policy.aside);
    takeAwayPolicy(policy);
    expect(text()).toBe(USERS);
    renameSync(policy.file, policy.aside);
    writeFileSync(policy.file, '#!/bin/sh\nexit 101\n');
    takeAwayPolicy(policy);
    expect(text()).toBe(USERS);
  });

  it('leaves what the user has, also when it is what an earlier version wrote', () => {
    writeFileSync(policy.file, '#!/bin/sh\nexit 101\n');
    expect(takeAwayPolicy(policy)).toBe(false);
    expect(text()).toBe('#!/bin/sh\nexit 101\n');
  });

  it('lets a file stand that somebody wrote meanwhile, and loses none', () => {
    writeFileSync(policy.file, USERS);
    putPolicy(policy);
    rmSync(policy.file);
    writeFileSync(policy.file, 'new');
    takeAwayPolicy(policy);
    expect([text(), readFileSync(`${policy.file}.loadstair-earlier`, 'utf8')]).toEqual(['new', USERS]);
  });
});
