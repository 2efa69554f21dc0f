import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { run } from './command.ts';
import { ENVIRONMENT } from './config.ts';
import { makeDebian, networkFiles, networkVariables } from './debian.ts';
import type { Engine } from './engine.ts';

/** Base images that stand for those of a registry: Debian by debootstrap, and the Node and Go of this machine. */
export interface BaseImages {
  readonly base: string;
  readonly node: string;
  readonly go: string;
}

/** Of tar first, as many words as the number says; then of the program that reads the archive. */
const ARCHIVE = 'set -o pipefail; count=$1; shift; tar -c "${@:1:count}" | "${@:count+1}"';
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Makes the base images. They hold the network settings of this machine, so they are removed afterwards. */
export async function makeBaseImages({ client }: Engine): Promise<BaseImages> {
  const folder = mkdtempSync(join(tmpdir(), 'loadstair-images-'));
  try {
    const debian = join(folder, 'debian');
    await makeDebian(debian, ['ca-certificates']);
    for (const file of await networkFiles()) cpSync(file, join(debian, file), { recursive: true });
    const variables = networkVariables().map(([name, value]) => `ENV ${name}="${value}"`);
    const make = async (name: string, added: readonly string[], environment: readonly string[] = []): Promise<string> => {
      const image = `loadstair-try/${name}`;
      const archive = ['-C', debian, '.', ...added];
      const changes = [...variables, ...environment].flatMap((change) => ['--change', change]);
      await run(['bash', '-c', ARCHIVE, 'bash', String(archive.length), ...archive, ...client, 'import', ...changes, '-', image]);
      return image;
    };
    const base = await make('base', []);
    // An archive has each path once, so what is added lies in the same folder; Go is big, and elsewhere.
    addNode(debian);
    const go = dirname(dirname(realpathSync(await run(['bash', '-c', 'command -v go']))));
    return {
      base,
      node: await make('node', []),
      go: await make('go', ['-C', '/', go.slice(1)], [`ENV PATH=${go}/bin:${PATH}`]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function removeBaseImages({ docker }: Engine, images: BaseImages): Promise<void> {
  await docker(['image', 'rm', '--force', ...Object.values(images)]);
}

/** The Node that runs this, and the npm of this machine, as an image has them. */
function addNode(folder: string): void {
  const bin = join(folder, 'usr/local/bin');
  const modules = join(folder, 'usr/local/lib/node_modules');
  for (const made of [bin, modules]) mkdirSync(made, { recursive: true });
  cpSync(process.execPath, join(bin, 'node'), { dereference: true });
  const places = (ENVIRONMENT['PATH'] ?? '').split(':').map((place) => join(place, 'npm'));
  const npm = places.find((path) => existsSync(path));
  if (npm === undefined) throw new Error('npm was not found on PATH.');
  cpSync(resolve(realpathSync(npm), '../..'), join(modules, 'npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(bin, 'npm'));
}
