import { chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeInstanceRunFolder, makePrivateFolder, ownerOf, removeRunFolder, UnsafeFolder } from './private-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'private-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a folder for sockets', () => {
  it('is never made through a link that somebody laid there, and what the link leads to keeps its owner', () => {
    mkdirSync(join(root, 'victim'));
    symlinkSync(join(root, 'victim'), join(root, 'sockets'));
    expect(() => makePrivateFolder(join(root, 'sockets'), 0o700, 12_345)).toThrow(UnsafeFolder);
    expect(lstatSync(join(root, 'victim')).uid).toBe(process.getuid?.());
  });

  it('is refused where a file or somebody else’s folder stands', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => makePrivateFolder(join(root, 'file'), 0o700)).toThrow(/not a folder/);
    mkdirSync(join(root, 'theirs'));
    chownSync(join(root, 'theirs'), 12_345, 12_345);
    expect(() => makePrivateFolder(join(root, 'theirs'), 0o700)).toThrow(/12345/);
  });

  it('belongs to its host alone, whatever the umask', () => {
    const before = process.umask(0o077);
    try {
      makePrivateFolder(join(root, 'open'), 0o711);
    } finally {
      process.umask(before);
    }
    makePrivateFolder(join(root, 'closed'), 0o700, 12_345);
    expect(lstatSync(join(root, 'open')).mode & 0o777).toBe(0o711);
    expect(lstatSync(join(root, 'closed'))).toMatchObject({ uid: 12_345, gid: 12_345 });
  });

  it('of an instance begins empty, and says whose it is', () => {
    const run = join(root, 'run');
    expect(ownerOf(7, run)).toBeNull();
    makeInstanceRunFolder(7, '/srv/lab/.lab', run);
    writeFileSync(join(run, '7', 'left.sock'), '');
    makeInstanceRunFolder(7, '/home/anna/.lab', run);
    expect(readdirSync(join(run, '7'))).toEqual(['owner']);
    expect(ownerOf(7, run)).toBe('/home/anna/.lab');
    removeRunFolder(7, run);
    expect(ownerOf(7, run)).toBeNull();
  });
});
