import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { create } from 'tar';
import { distributionOf } from '../tools/distribution.ts';
import { aptOptions } from './apt-source.ts';
import { readIndexes, readUris } from './debian-packages.ts';
import { MANIFEST, PLATFORM, sha256, type BundleManifest } from './manifest.ts';
import { archiveOf, installedPackages } from './npm-packages.ts';
import { unpackBundle } from './unpack-bundle.ts';

const LOCK = '{"packages":{}}';
const FILES: Readonly<Record<string, Buffer>> = {
  'npm/aa.tgz': Buffer.from('an archive'),
  'debian/0/dists/bookworm/main/binary-amd64/Packages.gz': gzipSync('Package: cache\n'),
  'debian/0/pool/main/c/cache_1%3a2+b1~deb12_amd64.deb': Buffer.from('a package'),
  'bin/k6.gz': gzipSync('#!/bin/sh\necho k6\n'),
};
let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-bundle-'));
  target = join(folder, 'unpacked');
  writeFileSync(join(folder, 'package-lock.json'), LOCK);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (change: Partial<BundleManifest> = {}): BundleManifest => ({
  schema: 1,
  kind: 'loadstair-bundle',
  made: '2026-11-30T12:00:00.000Z',
  lab: '0.1.0',
  lock: sha256(LOCK),
  platform: PLATFORM,
  debian: { codename: distributionOf().codename, architecture: 'amd64', repositories: [] },
  files: Object.fromEntries(Object.entries(FILES).map(([path, bytes]) => [path, { bytes: bytes.length, sha256: sha256(bytes) }])),
  ...change,
});

/** Packs files as they are, with a list that may say otherwise. */
async function pack(list: object | string, files = FILES): Promise<string> {
  const from = join(folder, 'files');
  const text = typeof list === 'string' ? list : JSON.stringify(list);
  for (const [path, bytes] of Object.entries({ [MANIFEST]: Buffer.from(text), ...files })) {
    mkdirSync(dirname(join(from, path)), { recursive: true });
    writeFileSync(join(from, path), bytes, { mode: 0o755 });
  }
  const file = join(folder, 'lab.bundle');
  await create({ file, cwd: from, portable: true, noMtime: true }, [MANIFEST, ...Object.keys(files)]);
  return file;
}
const unpack = (file: string) => unpackBundle(file, target, folder);

describe('a bundle', () => {
  it('is checked and unpacked in modes of our own, but for what npm reads', async () => {
    const { source } = await unpack(await pack(manifest()));
    expect(readFileSync(join(target, 'bin/k6'), 'utf8')).toBe('#!/bin/sh\necho k6\n');
    expect(statSync(join(target, 'bin/k6')).mode & 0o7777).toBe(0o644);
    expect(readFileSync(join(target, 'debian/0/dists/bookworm/main/binary-amd64/Packages'), 'utf8')).toBe('Package: cache\n');
    expect(existsSync(join(target, 'debian/0/pool/main/c/cache_1%3a2+b1~deb12_amd64.deb'))).toBe(true);
    expect(existsSync(join(target, 'npm'))).toBe(false);
    expect(source).toMatchObject({ programs: join(target, 'bin'), aptOptions: expect.arrayContaining(['APT::Sandbox::User=root']) });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['that is not there', async () => join(folder, 'none'), 'there is no such file'],
    ['that is some other file', async () => join(folder, 'package-lock.json'), ''],
    ['of another kind', () => pack({ kind: 'else' }), 'its list of files is not one that this version of the lab reads'],
    ['with a changed file', () => pack(manifest(), { ...FILES, 'bin/k6.gz': gzipSync('#!/bin/sh\nrm\n') }), 'bin/k6.gz is damaged'],
    [
      'with a file too many',
      () => pack(manifest(), { ...FILES, 'bin/extra.gz': gzipSync('x') }),
      'bin/extra.gz is not in its list of files',
    ],
    ['with a file too few', () => pack(manifest(), { 'npm/aa.tgz': Buffer.from('an archive') }), 'it ends before debian/'],
    [
      'that leads out of its folder',
      () => pack(manifest({ files: { 'bin/../../evil': { bytes: 0, sha256: sha256('') } } })),
      'its list of files is not one that this version of the lab reads',
    ],
    [
      'with words for apt',
      () =>
        pack(
          manifest({
            debian: {
              codename: 'x',
              architecture: 'amd64',
              repositories: [{ folder: '0', suites: [{ suite: 'a [trusted=yes]', components: ['main'] }] }],
            },
          }),
        ),
      'its list of files is not one that this version of the lab reads',
    ],
  ])('%s is refused in one sentence', async (_, make, why) => {
    const file = await make();
    await expect(unpack(file)).rejects.toMatchObject({
      code: 'E_NOT_A_BUNDLE',
      exit: 2,
      what: `${file} is not a whole bundle of the lab.`,
      why: expect.stringContaining(why),
    });
  });

  it('that was cut off is refused', async () => {
    const file = await pack(manifest());
    truncateSync(file, statSync(file).size - 3_000);
    await expect(unpack(file)).rejects.toMatchObject({ code: 'E_NOT_A_BUNDLE' });
  });

  it.each<[string, Partial<BundleManifest>, RegExp]>([
    ['another version of the lab', { lock: sha256('{}'), lab: '0.0.9' }, /version 0\.0\.9 of the lab/],
    ['another kind of machine', { platform: 'linux-riscv64' }, /linux-riscv64/],
  ])('for %s is refused before anything is unpacked', async (_, change, why) => {
    const file = await pack(manifest(change));
    await expect(unpack(file)).rejects.toMatchObject({ code: 'E_OTHER_BUNDLE', exit: 2, why: expect.stringMatching(why) });
    expect(existsSync(target)).toBe(false);
  });
});

describe('the sources of apt', () => {
  it('are the folders of the bundle alone, with signatures checked', () => {
    const debian = {
      codename: 'bookworm',
      architecture: 'amd64',
      repositories: [
        {
          folder: '0',
          suites: [
            { suite: 'bookworm', components: ['main', 'contrib'] },
            { suite: 'bookworm-updates', components: ['main'] },
          ],
        },
      ],
    };
    const place = join(folder, "anna's [1] lab");
    mkdirSync(place);
    const options = aptOptions(place, debian, '/keys.gpg');
    const address = `copy:${folder}/anna%27s%20%5b1%5d%20lab/debian/0`;
    expect(readFileSync(join(place, 'sources.list'), 'utf8').toLowerCase()).toBe(
      `deb [arch=amd64 target=packages by-hash=no signed-by=/keys.gpg] ${address.toLowerCase()} bookworm main contrib\ndeb [arch=amd64 target=packages by-hash=no signed-by=/keys.gpg] ${address.toLowerCase()} bookworm-updates main\n`,
    );
    expect(options).toContain('Dir::Etc::sourceparts=/dev/null');
    expect(options.join(' ')).not.toMatch(/trusted|AllowInsecure|AllowUnauthenticated/i);
  });
});

describe('what apt says', () => {
  it('of its lists is read', () => {
    const text = [
      'MetaKey: main/binary-amd64/Packages',
      'URI: http://deb.example/debian/dists/bookworm-updates/main/binary-amd64/Packages',
      'Filename: /l/deb.example_debian_dists_bookworm-updates_main_binary-amd64_Packages',
      'Repo-URI: http://deb.example/debian/',
      '',
      'MetaKey: main/i18n/Translation-en',
      '',
    ].join('\n');
    expect(readIndexes(text)).toEqual([
      {
        repository: 'http://deb.example/debian/',
        suite: 'bookworm-updates',
        key: 'main/binary-amd64/Packages',
        file: '/l/deb.example_debian_dists_bookworm-updates_main_binary-amd64_Packages',
      },
    ]);
  });

  it('of the files that it would fetch is read', () => {
    const text = "Reading package lists...\n'http://deb.example/pool/a_1%2b2_all.deb' a_1+2_all.deb 3120 SHA256:00\n";
    expect(readUris(text)).toEqual([{ uri: 'http://deb.example/pool/a_1%2b2_all.deb', name: 'a_1+2_all.deb' }]);
  });
});

describe('the npm packages of a bundle', () => {
  it('are those of the lock file that are installed, each archive once', () => {
    const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity },
      'node_modules/b/node_modules/a': { version: '1.0.0', integrity },
      'node_modules/@x/b': { version: '2.0.0', integrity: `sha512-${Buffer.alloc(64, 2).toString('base64')}` },
      'node_modules/elsewhere': { version: '3.0.0', integrity: `sha512-${Buffer.alloc(64, 3).toString('base64')}` },
      'node_modules/@lab/own': { link: true },
    };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    const installed = Object.fromEntries(Object.entries(packages).filter(([path]) => path !== 'node_modules/elsewhere'));
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    const found = installedPackages(folder);
    expect(found.map(({ name, version }) => `${name}@${version}`)).toEqual(['a@1.0.0', '@x/b@2.0.0']);
    expect(archiveOf({ sha512: 'ab'.repeat(64) })).toBe(`npm/${'ab'.repeat(20)}.tgz`);
  });
});
