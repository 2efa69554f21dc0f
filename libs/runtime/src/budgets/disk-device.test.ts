import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { diskOf, NoDiskDevice } from './disk-device.ts';

describe('the disk that holds a folder', () => {
  let root = '';
  let device = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'disk-device-'));
    const { dev } = statSync(root);
    device = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
    mkdirSync(join(root, 'sys'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** As under /sys: devices/block/<disk>[/<partition>], and a link by number. */
  const link = (...path: string[]): void => {
    mkdirSync(join(root, 'devices', 'block', ...path), { recursive: true });
    symlinkSync(join(root, 'devices', 'block', ...path), join(root, 'sys', device));
  };

  it('is the device of its file system where that is a whole disk', () => {
    link('vda');
    expect(diskOf(root, join(root, 'sys'))).toBe(device);
  });

  it('is the disk of the partition where it is on one', () => {
    link('vdb', 'vdb1');
    writeFileSync(join(root, 'devices/block/vdb/vdb1/partition'), '1\n');
    writeFileSync(join(root, 'devices/block/vdb/dev'), '254:16\n');
    expect(diskOf(root, join(root, 'sys'))).toBe('254:16');
  });

  it('is none where the kernel knows no such disk', () => {
    expect(() => diskOf(root, join(root, 'sys'))).toThrow(NoDiskDevice);
  });
});
