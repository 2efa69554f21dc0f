import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findTool, parseVersion } from './find.ts';
import { mendCommand, provideTools } from './provide.ts';
import type { MissingTool } from './tools-missing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-tools-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(place: string, name: string, says: string): void {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, name), `#!/bin/sh\necho '${says}'\n`);
  chmodSync(join(folder, place, name), 0o755);
}
const where = (...places: string[]) => ({ labFolder: join(folder, 'lab'), path: places.map((place) => join(folder, place)).join(':') });

describe('parseVersion', () => {
  it.each([
    ['k6 v2.2.0 (go1.26.8, linux/amd64)', '2.2.0'],
    ['k6 devel (go1.26.8, linux/amd64)', null],
    ['HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/', '2.6.12'],
    ['prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5+deb12u1)', '2.42.0'],
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', '15.18'],
    ['nftables v1.0.6 (Lester Gooch #5)', '1.0.6'],
    ['v24.4.1', '24.4.1'],
    ['toxiproxy-server version git', null],
  ])('reads %s', (text, version) => {
    expect(parseVersion(text)).toBe(version);
  });
});

describe('findTool', () => {
  it('takes what is on PATH before what the lab built', async () => {
    program('lab/bin', 'k6', 'k6 v2.3.0 (go1.26.8, linux/amd64)');
    expect(await findTool('k6', where('a'))).toMatchObject({ state: 'found', version: '2.3.0', from: 'lab' });
    program('a', 'k6', 'k6 v2.2.0 (go1.26.8, linux/amd64)');
    expect(await findTool('k6', where('a'))).toEqual({
      name: 'k6',
      state: 'found',
      version: '2.2.0',
      from: 'PATH',
      path: join(folder, 'a/k6'),
    });
  });

  it('passes over an unsupported one, and names it when there is no other', async () => {
    program('a', 'k6', 'k6 v0.57.0 (go1.24.0, linux/amd64)');
    expect(await findTool('k6', where('a'))).toMatchObject({ state: 'unsupported', version: '0.57.0', wanted: '2.0' });
    program('b', 'k6', 'k6 v2.2.0 (go1.26.8, linux/amd64)');
    expect(await findTool('k6', where('a', 'b'))).toMatchObject({ state: 'found', path: join(folder, 'b/k6') });
  });

  it('wants all programs of a tool in one folder', async () => {
    for (const name of ['postgres', 'initdb', 'pg_ctl']) program('a', name, 'postgres (PostgreSQL) 99.1');
    expect(await findTool('postgres', where('a'))).not.toMatchObject({ version: '99.1' });
    program('a', 'createdb', 'createdb (PostgreSQL) 99.1');
    expect(await findTool('postgres', where('a'))).toMatchObject({ state: 'found', version: '99.1', path: join(folder, 'a') });
  });

  it('believes the pin of go.mod only of a program the lab built', async () => {
    program('a', 'toxiproxy', 'toxiproxy-server version git');
    expect(await findTool('toxiproxy', where('a'))).toEqual({ name: 'toxiproxy', state: 'missing' });
    program('lab/bin', 'toxiproxy', 'toxiproxy-server version git');
    expect(await findTool('toxiproxy', where('a'))).toMatchObject({ state: 'found', from: 'lab' });
  });
});

describe('provideTools', () => {
  const options = () => ({ repoFolder: folder, ...where('a') });

  it('needs nobody’s leave when nothing is missing', async () => {
    program('a', 'k6', 'k6 v2.2.0');
    expect(await provideTools(['k6'], { ...options(), install: null })).toEqual({ k6: join(folder, 'a/k6') });
  });

  it('installs nothing that was not agreed to, and says what is missing', async () => {
    program('a', 'k6', 'k6 v0.57.0');
    const asked: MissingTool[] = [];
    const agree = async (missing: readonly MissingTool[]): Promise<boolean> => {
      asked.push(...missing);
      return false;
    };
    const onProgress = (): void => {
      throw new Error('something was installed');
    };
    const findGo = async () => ({ state: 'ready', path: '/go', version: '1.26.8', minimum: '1.26', elsewhere: null }) as const;
    const refused = provideTools(['k6', 'toxiproxy'], { ...options(), install: { agree, onProgress, findGo } });
    await expect(refused).rejects.toMatchObject({ code: 'E_TOOLS', exit: 6, what: '2 programs are missing: k6, toxiproxy.' });
    expect(asked.map((one) => one.note)).toEqual(['0.57.0 is installed, 2.0 is needed', 'built here with Go 1.26.8 (/go)']);
  });

  it('asks nobody and installs nothing where the machine can do nothing with it', async () => {
    const unwanted = (): never => {
      throw new Error('asked, looked for Go, or installed');
    };
    const checkMachine = async (): Promise<void> => {
      throw new Error('no limits here');
    };
    const install = { agree: async () => unwanted(), onProgress: unwanted, findGo: async () => unwanted(), checkMachine };
    await expect(provideTools(['k6'], { ...options(), install })).rejects.toThrow('no limits here');
    program('a', 'k6', 'k6 v2.2.0');
    expect(await provideTools(['k6'], { ...options(), install })).toEqual({ k6: join(folder, 'a/k6') });
  });

  it('takes what Go built from a bundle, without Go', async () => {
    program('bundle', 'k6', 'k6 v2.2.0 (go1.26.8, linux/amd64)');
    chmodSync(join(folder, 'bundle/k6'), 0o644);
    const asked: MissingTool[] = [];
    const findGo = async (): Promise<never> => {
      throw new Error('looked for Go');
    };
    const install = {
      agree: async (missing: readonly MissingTool[]) => asked.push(...missing) > 0,
      onProgress: () => {},
      findGo,
      bundle: { aptOptions: null, programs: join(folder, 'bundle') },
    };
    expect(await provideTools(['k6'], { ...options(), install })).toEqual({ k6: join(folder, 'lab/bin/k6') });
    expect(asked.map(({ note }) => note)).toEqual(['from the bundle']);
    await expect(provideTools(['k6', 'toxiproxy'], { ...options(), install })).rejects.toMatchObject({
      code: 'E_TOOLS',
      why: expect.stringContaining('the bundle does not have it'),
    });
  });

  it('names one command for each tool', () => {
    expect(mendCommand('haproxy')).toMatch(/^(sudo )?apt-get install --no-install-recommends haproxy$/);
    expect(mendCommand('k6')).toBe('(cd tools && go build -o ../.lab/bin/k6 go.k6.io/k6/v2)');
    expect(mendCommand('node')).toBe('npm ci');
  });
});
