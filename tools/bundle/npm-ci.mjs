// Installs the npm packages of a bundle: `node tools/bundle/npm-ci.mjs BUNDLE CHECKOUT`. It serves them to `npm ci` as a registry on
// loopback, and npm checks each against package-lock.json. Plain JavaScript without packages, for Node 20: it runs before there are any.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const MANIFEST = 'loadstair-bundle.json';
const MOST_MANIFEST_BYTES = 4 * 2 ** 20;
const BLOCK = 512;
/** Settings of the user for other registries, and what would send requests for loopback to a proxy. */
const LEFT_OUT = /^(npm_config_.*|(https?|all)_proxy|node_options|node_env)$/i;

const [bundle = '', checkout = ''] = process.argv.slice(2);

function fail(what, why, mend, code) {
  process.stdout.write(`✗ ${what}\n  why   ${why}\n  do    ${mend}\n  more  ${code} · .lab/log/npm-ci.log · exit 6\n`);
  process.exit(6);
}

const damaged = (why) =>
  fail(
    `${bundle} is not a whole bundle of the lab.`,
    why,
    'copy the file again, or make another: ./lab prepare --all --bundle FILE',
    'E_NOT_A_BUNDLE',
  );
const other = (why) =>
  fail(`${bundle} is a bundle for something else.`, why, 'make one that fits: ./lab prepare --all --bundle FILE', 'E_OTHER_BUNDLE');

/** Where each file of a tar archive (POSIX ustar) lies: `[name, { at, bytes }]`, in order. */
function filesOf(descriptor) {
  const end = fstatSync(descriptor).size;
  const header = Buffer.alloc(BLOCK);
  const found = [];
  for (let at = 0; ;) {
    if (at + BLOCK > end || readSync(descriptor, header, 0, BLOCK, at) < BLOCK) damaged('it ends in the middle');
    if (header.every((byte) => byte === 0)) return found;
    const text = (from, length) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const number = (from, length) => Number.parseInt(text(from, length).trim(), 8);
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    if (text(257, 5) !== 'ustar' || sum !== number(148, 8)) damaged('it is not the archive that a bundle is, or it is damaged');
    const [name, prefix, bytes, type] = [text(0, 100), text(345, 155), number(124, 12), text(156, 1)];
    const begins = at + BLOCK;
    at = begins + Math.ceil(bytes / BLOCK) * BLOCK;
    if (!(bytes >= 0) || at > end) damaged('it ends in the middle');
    if (type === '0' || type === '') found.push([prefix === '' ? name : `${prefix}/${name}`, { at: begins, bytes }]);
  }
}

function readManifest(descriptor, [name, { at, bytes }]) {
  if (name !== MANIFEST || bytes > MOST_MANIFEST_BYTES) damaged('it does not begin as a bundle does');
  const text = Buffer.alloc(bytes);
  readSync(descriptor, text, 0, bytes, at);
  try {
    const manifest = JSON.parse(text.toString('utf8'));
    if (manifest.kind === 'loadstair-bundle' && manifest.schema === 1) return manifest;
  } catch {
    // Said below.
  }
  return damaged('its list of files is not one that this version of the lab reads');
}

/** What a registry says of each package: its versions, and where their archives are. */
function packuments(lock, address) {
  const all = new Map();
  for (const [path, { name, version, integrity }] of Object.entries(lock.packages)) {
    const [, base64] = /^sha512-(\S+)$/.exec(integrity ?? '') ?? [];
    if (base64 === undefined) continue;
    const called = name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const tarball = `${address}/-/${Buffer.from(base64, 'base64').toString('hex').slice(0, 40)}.tgz`;
    const document = all.get(called) ?? { name: called, 'dist-tags': { latest: version }, versions: {} };
    document.versions[version] = { name: called, version, dist: { tarball, integrity } };
    all.set(called, document);
  }
  return all;
}

let descriptor;
try {
  descriptor = openSync(bundle, 'r');
} catch (error) {
  damaged(error.message);
}
const entries = filesOf(descriptor);
if (entries.length === 0) damaged('it is empty');
const manifest = readManifest(descriptor, entries[0]);
const files = new Map(entries);
const lockText = readFileSync(join(checkout, 'package-lock.json'));
const platform = `${process.platform}-${process.arch}`;
if (manifest.platform !== platform) other(`it is for ${manifest.platform}, and this machine is ${platform}`);
if (manifest.lock !== createHash('sha256').update(lockText).digest('hex'))
  other(`it is for version ${manifest.lab} of the lab; package-lock.json here names other packages`);

let documents = new Map();
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '/').slice(1);
  const archive = path.startsWith('-/') ? files.get(`npm/${path.slice(2)}`) : undefined;
  if (archive !== undefined) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': archive.bytes });
    createReadStream(bundle, { start: archive.at, end: archive.at + archive.bytes - 1 }).pipe(response);
    return;
  }
  const document = documents.get(path);
  response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(document ?? { error: 'Not found' }));
});
server.listen(0, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  documents = packuments(JSON.parse(lockText.toString('utf8')), address);
  mkdirSync(join(checkout, '.lab', 'cache'), { recursive: true });
  const cache = mkdtempSync(join(checkout, '.lab', 'cache', 'bundle-'));
  const options = {
    registry: `${address}/`,
    cache,
    userconfig: join(cache, 'no-user-settings'),
    globalconfig: join(cache, 'no-global-settings'),
    'ignore-scripts': 'true',
    include: 'dev',
    'fetch-retries': '0',
    audit: 'false',
    fund: 'false',
    'update-notifier': 'false',
  };
  const npm = spawn('npm', ['ci', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name))),
  });
  const end = (status) => {
    rmSync(cache, { recursive: true, force: true });
    closeSync(descriptor);
    server.close();
    server.closeAllConnections();
    process.exitCode = status;
  };
  npm.once('error', (error) => {
    end(6);
    fail('npm could not be started.', error.message, 'install Node 20 or newer, which brings npm', 'E_TOOLS');
  });
  npm.once('exit', (code) => {
    end(code === 0 ? 0 : 6);
    if (code !== 0)
      fail(
        'The npm packages of the bundle could not be installed.',
        'npm said why, above and in .lab/log/npm-ci.log',
        'copy the bundle again, or make another: ./lab prepare --all --bundle FILE',
        'E_NOT_A_BUNDLE',
      );
  });
});
