import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { namesIn } from '@loadstair/kit/node';
import { isAtLeast } from './is-at-least.ts';
import { runLogged } from './run-logged.ts';
import { ToolsMissing, type MissingTool } from './tools-missing.ts';

const execute = promisify(execFile);
const VERSION_WITHIN_MS = 10_000;

/** From this version on, Go fetches a newer Go that a module asks for (go.dev/doc/toolchain). */
const FETCHES_FROM = '1.21';
/** Folders where Go is installed that sudo leaves out of PATH. */
const GO_FOLDERS = ['/usr/local/go/bin', '/usr/lib/go/bin', '/usr/lib/golang/bin', '/snap/bin'];
/** Below a home: named for the user, never run as root from there. */
const HOME_PROGRAMS = [
  '.asdf/shims/go',
  '.local/share/mise/shims/go',
  '.goenv/shims/go',
  '.local/go/bin/go',
  'go/bin/go',
  '.nix-profile/bin/go',
];

/** Of the user's other work with Go: they would change what is built, or skip its checksums. */
const LEFT_OUT = ['GOROOT', 'GOEXPERIMENT', 'GOTOOLDIR', 'GONOSUMDB', 'GONOSUMCHECK', 'GOINSECURE', 'GOOS', 'GOARCH', 'GOBIN'];

/** What was found of Go. `minimum` is what tools/go.mod asks for, the one place that says it. */
export type GoReport = { readonly minimum: string } & (
  | { readonly state: 'ready' | 'fetches' | 'old'; readonly path: string; readonly version: string; readonly elsewhere: string | null }
  /** `elsewhere`: a Go of the user who called sudo, which root's PATH does not have. */
  | { readonly state: 'missing'; readonly elsewhere: string | null }
);

/** The repository's tools/go.mod. */
export const GO_MOD = fileURLToPath(new URL('../../../../tools/go.mod', import.meta.url));

/** The version that a go.mod asks for, as `1.26`. */
export function goMinimum(goMod: string = GO_MOD): string {
  return /^go (\d+\.\d+)/m.exec(readFileSync(goMod, 'utf8'))?.[1] ?? '1.26';
}

/** Looks for Go on PATH, then where it is usually installed. The first that is new enough is taken. */
export async function findGo(
  path: string,
  where: {
    readonly folders?: readonly string[];
    readonly environment?: NodeJS.ProcessEnv;
    readonly passwd?: string;
    readonly minimum?: string;
  } = {},
): Promise<GoReport> {
  const { folders = GO_FOLDERS, environment = {}, passwd = '/etc/passwd', minimum = goMinimum() } = where;
  const elsewhere = ofSudoUser(environment['SUDO_USER'], passwd);
  let best: GoReport = { state: 'missing', minimum, elsewhere };
  for (const folder of [...path.split(':').filter(Boolean), ...folders]) {
    const program = join(folder, 'go');
    const version = existsSync(program) ? await versionOf(program, environment) : null;
    if (version === null) continue;
    if (isAtLeast(version, minimum)) return { state: 'ready', path: program, version, minimum, elsewhere };
    const state = isAtLeast(version, FETCHES_FROM) ? 'fetches' : 'old';
    if (best.state === 'missing' || (best.state === 'old' && state === 'fetches'))
      best = { state, path: program, version, minimum, elsewhere };
  }
  return best;
}

/** The program that builds what is missing. Throws when it cannot, before anything is installed. */
export function needGo(go: GoReport, missing: readonly MissingTool[]): string {
  const built = missing.filter((tool) => tool.how === 'go');
  if (go.state === 'ready' || go.state === 'fetches') return go.path;
  if (built.length === 0) return 'go';
  throw new ToolsMissing(built, `${goWords(go)}; ${built.map((tool) => tool.name).join(' and ')} cannot be built without it`, mendGo(go));
}

/** One sentence on what was found. */
export function goWords(go: GoReport): string {
  if (go.state === 'ready') return `Go ${go.version} (${go.path})`;
  if (go.state === 'fetches') return `Go ${go.version} (${go.path}), which downloads Go ${go.minimum}`;
  if (go.state === 'old') return `${go.path} is Go ${go.version}; Go ${go.minimum} is needed, or Go 1.21, which downloads it`;
  return `Go was not found; Go ${go.minimum} is needed, or Go 1.21, which downloads it`;
}

/** What to do about a Go that is missing or too old. */
export function mendGo(go: GoReport): string {
  if (go.elsewhere !== null) return `${go.elsewhere} is not in sudo’s PATH: sudo env "PATH=$PATH" ./lab …`;
  return 'install a newer Go (https://go.dev/doc/install) into /usr/local/go';
}

/**
 * Environment of a build that depends on tools/go.mod alone: what the user has set for other work is left out. Network settings
 * (GOPROXY, GOPRIVATE, proxy variables) stay. Without HOME, Go has no cache: then it is the lab's.
 */
export function goEnvironment(labFolder: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = withoutGoSettings(environment);
  const homeless = !kept['HOME'] || !existsSync(kept['HOME']);
  const cache = join(labFolder, 'cache');
  return {
    ...kept,
    // Set, not left out: what is not set comes from the file that `go env -w` writes.
    GOFLAGS: '-mod=readonly -buildvcs=false',
    GOTOOLCHAIN: 'auto',
    GOWORK: 'off',
    GO111MODULE: 'on',
    CGO_ENABLED: '0',
    // Go writes counters to the folder of settings: it would make a home that is not there.
    ...(homeless ? { GOCACHE: join(cache, 'go-build'), GOPATH: join(cache, 'go'), XDG_CONFIG_HOME: join(cache, 'go-config') } : {}),
  };
}

/** Builds a program from what tools/go.mod pins. Throws ToolsMissing. */
export async function buildGo(
  tool: MissingTool,
  go: string,
  options: {
    readonly repoFolder: string;
    readonly labFolder: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const bin = join(options.labFolder, 'bin');
  mkdirSync(bin, { recursive: true });
  const target = join(bin, tool.name);
  const ended = await runLogged([go, 'build', '-o', `${target}.new`, tool.from], {
    log: join(options.labFolder, 'log', 'go.log'),
    cwd: join(options.repoFolder, 'tools'),
    environment: goEnvironment(options.labFolder, options.environment),
    signal: options.signal,
    stopWith: 'SIGTERM',
  });
  if (!ended.ok) throw new ToolsMissing([tool], ended.why, 'read .lab/log/go.log; Go needs the network and 2 GB of disk for this');
  renameSync(`${target}.new`, target);
}

const withoutGoSettings = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !LEFT_OUT.includes(name)));

async function versionOf(program: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    // Its own version, not that of a Go it would fetch.
    const { stdout } = await execute(program, ['version'], {
      timeout: VERSION_WITHIN_MS,
      env: { ...withoutGoSettings(environment), GOTOOLCHAIN: 'local' },
      cwd: '/',
    });
    return /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}

function ofSudoUser(user: string | undefined, passwd: string): string | null {
  if (!user) return null;
  const home = readFileSync(passwd, 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === user)?.[5];
  if (!home) return null;
  const sdks = namesIn(join(home, 'sdk')).map((name) => `sdk/${name}/bin/go`);
  const found = [...HOME_PROGRAMS, ...sdks].find((program) => existsSync(join(home, program)));
  return found === undefined ? null : join(home, found);
}
