import { existsSync } from 'node:fs';
import { installPackages } from '@loadstair/runtime';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { ended, run } from './command.ts';
import { ENVIRONMENT } from './config.ts';

const RELEASE = 'bookworm';
/** Of a person's shell: where package managers fetch from. What npm has beside these is in its files. */
const NETWORK_SETTINGS =
  /^(?:https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|go(?:proxy|sumdb|nosumdb|noproxy|private|insecure))$/i;

/** A small Debian in a folder, with more packages than the smallest needs. Takes half a minute, and needs root. */
export async function makeDebian(folder: string, packages: readonly string[]): Promise<void> {
  await needPackage('debootstrap', '/usr/sbin/debootstrap');
  await run(['debootstrap', '--variant=minbase', `--include=${packages.join(',')}`, RELEASE, folder]);
}

/** Installs a package of Debian where its program is missing. */
export async function needPackage(name: string, program: string): Promise<void> {
  if (existsSync(program)) return;
  await installPackages([{ name, from: name, how: 'apt', note: '' }], {
    labFolder: LAB_FOLDER,
    environment: { ...ENVIRONMENT },
    signal: new AbortController().signal,
    onProgress: () => {},
  });
}

/** Variables of this shell that say where apt, npm and Go fetch from. */
export function networkVariables(): readonly (readonly [name: string, value: string])[] {
  return Object.entries(ENVIRONMENT).flatMap(([name, value]) => (NETWORK_SETTINGS.test(name) && value ? [[name, value] as const] : []));
}

/** Files of this machine that say the same. */
export async function networkFiles(): Promise<readonly string[]> {
  const setting = async (...words: string[]): Promise<string> => (await ended(words)).stdout.trim();
  const files = [
    '/etc/apt',
    '/etc/ssl/certs/ca-certificates.crt',
    await setting('npm', 'config', 'get', 'globalconfig'),
    await setting('npm', 'config', 'get', 'userconfig'),
    await setting('npm', 'config', 'get', 'cafile'),
    await setting('go', 'env', 'GOENV'),
  ];
  return files.filter((file) => file.startsWith('/') && existsSync(file));
}
