import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';

/** A checkout that needs one package of npm, and a bundle that has it. */
let folder: string;
let checkout: string;
let bundle: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loadstair-entry-')));
  checkout = join(folder, "anna's lab");
  bundle = join(folder, 'lab.bundle');
  const from = join(folder, 'files');
  write(join(folder, 'package/package.json'), JSON.stringify({ name: '@made-up/one', version: '1.2.3' }));
  write(join(folder, 'package/index.js'), 'module.exports = 42;\n');
  mkdirSync(join(from, 'npm'), { recursive: true });
  run('tar', '-czf', join(folder, 'one.tgz'), '-C', folder, 'package');
  const sha512 = createHash('sha512')
    .update(readFileSync(join(folder, 'one.tgz')))
    .digest();
  copyFileSync(join(folder, 'one.tgz'), join(from, `npm/${sha512.toString('hex').slice(0, 40)}.tgz`));

  const dependencies = { '@made-up/one': '1.2.3' };
  write(join(checkout, 'package.json'), JSON.stringify({ name: 'made-up', version: '1.0.0', dependencies }));
  const lock = JSON.stringify({
    name: 'made-up',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'made-up', version: '1.0.0', dependencies },
      'node_modules/@made-up/one': { version: '1.2.3', integrity: `sha512-${sha512.toString('base64')}` },
    },
  });
  write(join(checkout, 'package-lock.json'), lock);
  for (const file of ['lab', 'tools/bundle/npm-ci.mjs']) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    copyFileSync(join(REPO_FOLDER, file), join(checkout, file));
  }
  const platform = `${process.platform}-${process.arch}`;
  pack({ schema: 1, kind: 'loadstair-bundle', lab: '1.0.0', platform, lock: createHash('sha256').update(lock).digest('hex') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}
function pack(manifest: object): void {
  const from = join(folder, 'files');
  write(join(from, 'loadstair-bundle.json'), JSON.stringify(manifest));
  run(
    'tar',
    '--format=ustar',
    '-cf',
    bundle,
    '-C',
    from,
    'loadstair-bundle.json',
    ...readdirSync(join(from, 'npm')).map((name) => `npm/${name}`),
  );
}
/** The entry, as in a fresh clone: what it would start afterwards is not in this checkout. */
function prepare(file = bundle): { readonly status: number | null; readonly said: string; readonly installed: boolean } {
  const { status, stderr } = spawnSync('/bin/sh', [join(checkout, 'lab'), 'prepare', '--from', file, '--yes'], {
    cwd: folder,
    // Whatever the user has set for other registries.
    env: {
      ...process.env,
      npm_config_registry: 'http://127.0.0.1:9/',
      https_proxy: 'http://127.0.0.1:9',
      http_proxy: 'http://127.0.0.1:9',
    },
    encoding: 'utf8',
  });
  return { status, said: stderr, installed: existsSync(join(checkout, '.lab/npm-ci.stamp')) };
}

describe('./lab prepare --from FILE in a fresh clone', () => {
  it('installs the packages of npm from the bundle, without another registry', () => {
    expect(prepare('lab.bundle')).toMatchObject({ installed: true });
    expect(readFileSync(join(checkout, 'node_modules/@made-up/one/index.js'), 'utf8')).toBe('module.exports = 42;\n');
    expect(readdirSync(join(checkout, '.lab/cache'))).toEqual([]);
  }, 60_000);

  it('refuses a package that is not what package-lock.json names', () => {
    const [name = ''] = readdirSync(join(folder, 'files/npm'));
    write(join(folder, 'files/npm', name), 'something else');
    pack(JSON.parse(readFileSync(join(folder, 'files/loadstair-bundle.json'), 'utf8')) as object);
    const { status, said, installed } = prepare();
    expect({ status, installed }).toEqual({ status: 6, installed: false });
    expect(said).toContain('✗ The npm packages of the bundle could not be installed.');
    expect(existsSync(join(checkout, 'node_modules/@made-up/one'))).toBe(false);
  }, 60_000);

  it.each<[string, () => void, string]>([
    ['is not there', () => rmSync(bundle), 'is not a whole bundle of the lab'],
    ['is some other file', () => write(bundle, 'x'.repeat(5_000)), 'it is not the archive that a bundle is'],
    ['was cut off', () => truncateSync(bundle, 2_000), 'it ends in the middle'],
    ['is an archive of something else', () => pack({ kind: 'else' }), 'its list of files is not one'],
    ['is for other packages', () => write(join(checkout, 'package-lock.json'), '{"packages":{}}'), 'it is for version 1.0.0 of the lab'],
  ])('says in one error that the bundle %s', (_, change, why) => {
    change();
    const { status, said } = prepare();
    expect(status).toBe(6);
    expect(said).toContain(why);
    expect(said.match(/^✗ /gm)).toHaveLength(1);
    expect(said).not.toContain('npm error');
  });
});
