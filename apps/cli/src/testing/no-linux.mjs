// Preloaded (`node --import`) into a command that must work on macOS and Windows: nothing of Linux is here, and what asks for it is noted, a
// line each, in the file that LOADSTAIR_ASKED_FOR names.
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { appendFileSync } = fs;
const note = (what) => appendFileSync(process.env.LOADSTAIR_ASKED_FOR, `${what}\n`);

Object.defineProperty(process, 'platform', { value: 'darwin' });
for (const name of ['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'setuid', 'setgid', 'setgroups', 'initgroups'])
  Object.defineProperty(process, name, { value: undefined });

const LINUX = /^(file:\/\/)?\/(proc|sys|dev|run|etc)(\/|$)/;
function without(owner, name) {
  const real = owner[name];
  if (typeof real !== 'function') return;
  owner[name] = function (path, ...rest) {
    if (!LINUX.test(String(path))) return Reflect.apply(real, this, [path, ...rest]);
    note(`${name} ${path}`);
    return Reflect.apply(real, this, [`/nonexistent${path}`, ...rest]);
  };
}
const READS = ['access', 'open', 'readFile', 'readdir', 'stat', 'lstat', 'readlink', 'realpath', 'opendir'];
for (const name of READS) for (const owner of [fs, fs.promises]) without(owner, name);
for (const name of [...READS.map((read) => `${read}Sync`), 'existsSync', 'createReadStream']) without(fs, name);

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync']) {
  const real = childProcess[name];
  childProcess[name] = function (command, ...rest) {
    if (command === process.execPath) return Reflect.apply(real, this, [command, ...rest]);
    note(`${name} ${command}`);
    throw new Error(`${command} is not here.`);
  };
}
syncBuiltinESMExports();
