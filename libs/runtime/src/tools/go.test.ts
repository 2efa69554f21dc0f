import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findGo, GO_MOD, goEnvironment, goMinimum, goWords, mendGo, type GoReport } from './go.ts';
import { provideTools } from './provide.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-go-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function go(place: string, version: string): string {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, 'go'), `#!/bin/sh\necho 'go version ${version} linux/amd64'\n`, { mode: 0o755 });
  return join(folder, place);
}
const find = (...places: string[]): Promise<GoReport> => findGo(places.join(':'), { folders: [join(folder, 'usual')], minimum: '1.26' });

describe('Go', () => {
  it('is wanted in the version of tools/go.mod', () => {
    expect(goMinimum()).toMatch(/^1\.\d+$/);
    expect(readFileSync(join(GO_MOD, '../../README.md'), 'utf8')).toContain(`Go ${goMinimum()} or newer`);
    writeFileSync(join(folder, 'go.mod'), 'module x\n\ngo 1.27.1\n');
    expect(goMinimum(join(folder, 'go.mod'))).toBe('1.27');
  });

  it.each([
    ['go1.26.8', 'ready'],
    ['go1.27', 'ready'],
    ['go1.22.3', 'fetches'],
    ['go1.19.8', 'old'],
  ])('%s is %s', async (version, state) => {
    expect(await find(go('a', version))).toMatchObject({ state, version: version.slice(2), path: join(folder, 'a/go') });
  });

  it('passes over one that is too old or broken for one that lies where PATH does not look', async () => {
    go('usual', 'go1.26.1');
    writeFileSync(join(go('broken', 'x'), 'go'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(await find(join(folder, 'broken'), go('a', 'go1.19.8'))).toMatchObject({ state: 'ready', path: join(folder, 'usual/go') });
  });

  it('is found although GOROOT points to another', async () => {
    writeFileSync(join(go('a', 'x'), 'go'), '#!/bin/sh\n[ -z "$GOROOT" ] && echo go version go1.26.1 linux/amd64\n', { mode: 0o755 });
    const where = { folders: [], environment: { GOROOT: '/nowhere', PATH: '/bin' }, minimum: '1.26' };
    expect(await findGo(join(folder, 'a'), where)).toMatchObject({ state: 'ready', version: '1.26.1' });
  });

  it('is named with its version and the way to a newer one, before a package is installed or a question asked', async () => {
    const found = await find(go('a', 'go1.19.8'));
    const unwanted = (): never => {
      throw new Error('asked or installed');
    };
    const install = { agree: async () => unwanted(), onProgress: unwanted, findGo: async () => found };
    const labFolder = join(folder, 'lab');
    await expect(provideTools(['k6', 'toxiproxy'], { repoFolder: folder, labFolder, path: folder, install })).rejects.toMatchObject({
      code: 'E_TOOLS',
      exit: 6,
      why: `${join(folder, 'a/go')} is Go 1.19.8; Go 1.26 is needed, or Go 1.21, which downloads it; k6 and toxiproxy cannot be built without it`,
      do: 'install a newer Go (https://go.dev/doc/install) into /usr/local/go',
    });
  });

  it('of the user who called sudo is named, not run', async () => {
    go('home/.asdf/shims', 'go1.26.1');
    writeFileSync(join(folder, 'passwd'), `anna:x:1000:1000::${join(folder, 'home')}:/bin/sh\n`);
    const found = await findGo('', { folders: [], environment: { SUDO_USER: 'anna' }, passwd: join(folder, 'passwd'), minimum: '1.26' });
    expect(goWords(found)).toBe('Go was not found; Go 1.26 is needed, or Go 1.21, which downloads it');
    expect(mendGo(found)).toBe(`${join(folder, 'home/.asdf/shims/go')} is not in sudo’s PATH: sudo env "PATH=$PATH" ./lab …`);
  });

  it('builds from tools/go.mod alone, whatever the user has set for other work', () => {
    const environment = goEnvironment('/l', {
      HOME: folder,
      GOFLAGS: '-mod=vendor',
      GOTOOLCHAIN: 'local',
      GOROOT: '/x',
      GONOSUMDB: '*',
      GOPROXY: 'p',
    });
    expect(environment).toEqual({
      HOME: folder,
      GOPROXY: 'p',
      GOFLAGS: '-mod=readonly -buildvcs=false',
      GOTOOLCHAIN: 'auto',
      GOWORK: 'off',
      GO111MODULE: 'on',
      CGO_ENABLED: '0',
    });
  });

  it.each([undefined, '', '/nonexistent'])('has its cache in .lab when HOME is %s', (HOME) => {
    expect(goEnvironment('/l', { HOME })).toMatchObject({
      GOCACHE: '/l/cache/go-build',
      GOPATH: '/l/cache/go',
      XDG_CONFIG_HOME: '/l/cache/go-config',
    });
  });
});
