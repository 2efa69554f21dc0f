import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cgroupsV2 } from '../budgets/v2.ts';
import { GivenWay, idleGroup } from './giving-way.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loadstair-idle-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function used(group: string, seconds: number): void {
  mkdirSync(join(root, group), { recursive: true });
  writeFileSync(join(root, group, 'cpu.stat'), `usage_usec ${seconds * 1e6}\nuser_usec 0\n`);
}

describe('CPU time given way', () => {
  it('is that of every idle group of ours from the first look on, and of nobody else', () => {
    const given = new GivenWay(cgroupsV2(root));
    expect(given.seconds()).toBe(0);
    used(idleGroup(1), 5);
    used('loadstair-1', 100);
    used('somebody-idle', 100);
    expect(given.seconds()).toBe(0);
    used(idleGroup(1), 7);
    used(idleGroup('test'), 1);
    used('loadstair-1', 200);
    used('somebody-idle', 200);
    expect(given.seconds()).toBe(2);
    used(idleGroup('test'), 4);
    expect(given.seconds()).toBe(5);
  });

  it('never goes back when a group goes, or is made anew', () => {
    const given = new GivenWay(cgroupsV2(root));
    used(idleGroup(1), 5);
    given.seconds();
    used(idleGroup(1), 8);
    expect(given.seconds()).toBe(3);
    rmSync(join(root, idleGroup(1)), { recursive: true });
    expect(given.seconds()).toBe(3);
    used(idleGroup(1), 1);
    expect(given.seconds()).toBe(4);
  });
});
