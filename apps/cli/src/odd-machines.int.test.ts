import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { oddCheckout, type OddCheckout } from './testing/odd-checkout.ts';

const INSTANCE = 53;
const HERE = ['--instance', String(INSTANCE)];
const START_MS = 60_000;
const RUN_MS = 150_000;

/** What a machine of a company, far from ours, has in its environment; HOME is not in it. */
const ODD_ENVIRONMENT = {
  ...{ TZ: 'Asia/Tokyo', LC_ALL: 'C', NODE_USE_ENV_PROXY: '1' },
  ...{ http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', no_proxy: 'localhost,127.0.0.1' },
};
/** What sudo leaves of a PATH. */
const SUDO_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

let odd: OddCheckout;
beforeAll(() => {
  odd = oddCheckout("anna's lab [1] ü");
}, START_MS);
afterEach(async () => {
  await odd.lab(['down', ...HERE]);
  // One test's torn file is not the next one's.
  rmSync(stateFile(), { force: true });
}, START_MS);
afterAll(() => odd.remove());

/** The file that leads to labd, as a power cut leaves it. */
function tear(text: string): void {
  mkdirSync(dirname(stateFile()), { recursive: true });
  writeFileSync(stateFile(), text);
}

function stateFile(): string {
  return join(odd.folder, '.lab', 'instances', String(INSTANCE), 'labd.json');
}

describe('a site starts', () => {
  it(
    'below a folder of root’s, with an odd path, under umask 077, with few files, torn state, proxies and the smallest hosts',
    async () => {
      tear('\0'.repeat(90));
      const smallest = ['web=168', 'lb=64', 'cache=64', 'db=64', 'db-replica=64'].flatMap((one) => ['--set', one.replace('=', '.memory=')]);
      const up = await odd.lab(['up', '5', ...smallest, '--set', 'web.cpu=0.1', ...HERE], {
        first: 'umask 077; ulimit -Sn 256;',
        env: ODD_ENVIRONMENT,
      });
      expect(up).toMatchObject({ status: 0, stderr: expect.not.stringContaining('✗') });
      const status = await odd.lab(['status', '--json', ...HERE], { env: ODD_ENVIRONMENT });
      const { hosts } = JSON.parse(status.stdout) as { hosts: { name: string; state: string }[] };
      expect(hosts.map((host) => host.state)).toEqual(hosts.map(() => 'up'));
      expect(await odd.lab(['down', ...HERE], { env: ODD_ENVIRONMENT })).toMatchObject({ status: 0 });
      expect(leftoversOf(INSTANCE)).toEqual([]);
    },
    START_MS,
  );
});

describe('a run is kept', () => {
  it(
    'from an odd path, under umask 027, with a stray file beside the dashboards and a resolv.conf that leads nowhere',
    async () => {
      const dashboards = join(odd.folder, 'dashboards', 'generated');
      mkdirSync(dashboards, { recursive: true });
      writeFileSync(join(dashboards, '.run.json.swp'), '');
      writeFileSync(join(dashboards, 'notes.json'), '{"title":"not ours","panels":[{"targets":[{"expr":"up{x=\\"$testid\\"}"}]}]}');
      // /etc of a private mount namespace: nobody else's is touched.
      const etc = join(odd.folder, '..', 'etc');
      mkdirSync(etc);
      const noNames = `etc=${JSON.stringify(etc)}; mount -t tmpfs none "$etc"; cp -a /etc/. "$etc"; rm -f "$etc/resolv.conf"; ln -s /nowhere/resolv.conf "$etc/resolv.conf"; mount --bind "$etc" /etc; umask 027;`;
      const run = await odd.lab(['run', '1', '--profile', 'smoke', '--quick', ...HERE], {
        first: `exec unshare -m --propagation private bash -c ${quoted(`${noNames} exec ./lab "$@"`)} bash "$@";`,
        env: ODD_ENVIRONMENT,
      });
      expect(run.stderr).not.toMatch(/E_LAB|ENOENT|Unexpected end|resolv\.conf/);
      // Other tests run beside this one, so the run may be refused (3); it is kept all the same.
      expect([0, 3]).toContain(run.status);
      const runs = await odd.lab(['runs'], { first: '(./lab runs | head -1); echo "left ${PIPESTATUS[*]}" >&2;', env: ODD_ENVIRONMENT });
      expect(runs.stdout).toContain('smoke');
      expect(runs.stderr).not.toMatch(/EPIPE|at .*\.ts/);
    },
    RUN_MS,
  );
});

const LISTEN = {
  tcp: "require('node:net').createServer()",
  udp: "require('node:dgram').createSocket('udp4')",
} as const;

/** What follows in a network of its own, where another program listens as others of this machine must not be disturbed by. */
function besides(listens: string): string {
  const program = `${listens}.once('listening', () => console.log())`;
  const shell = `ip link set lo up; exec 3< <(exec node -e ${quoted(program)}); other=$!; read -r <&3; ./lab "$@"; status=$?; kill $other; exit $status`;
  return `exec unshare -n bash -c ${quoted(shell)} bash "$@";`;
}

describe('refused in one message, before anything starts', () => {
  const refused = async (args: readonly string[], first?: string): Promise<string> => {
    const { status, stderr } = await odd.lab([...args, ...HERE], { ...(first === undefined ? {} : { first }), env: ODD_ENVIRONMENT });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/^[✗x] .+\n {2}why {3}.+\n {2}do {4}.+\n/m);
    expect(stderr).not.toMatch(/\n {4}at |EADDRINUSE|EINVAL/);
    return stderr;
  };

  it.each([
    ['web.cpu=0.05', '--set web.cpu=0.1'],
    ['web.memory=64', '--set web.memory=168'],
    ['web.pool=200', '--set web.pool=196'],
  ])(
    'size %s',
    async (set, advice) => {
      const said = await refused(['up', '3', '--set', set]);
      expect(said).toContain('E_SETTING');
      expect(said).toContain(advice);
    },
    START_MS,
  );

  it(
    'few open files',
    async () => {
      const said = await refused(['up', '3'], 'ulimit -n 1024;');
      expect(said).toContain('E_FILES');
      expect(said).toContain('ulimit -Hn 8150');
    },
    START_MS,
  );

  it.each([
    ['tcp', 8080, '0.0.0.0'],
    ['tcp', 9090, '::'],
    ['tcp', 9464, '::'],
    ['udp', 53, '0.0.0.0'],
  ] as const)(
    '%s port %s held on %s',
    async (protocol, port, address) => {
      const said = await refused(
        ['up', '1'],
        besides(`${LISTEN[protocol]}.${protocol === 'udp' ? 'bind' : 'listen'}(${port}, '${address}')`),
      );
      expect(said).toContain('E_PORT_TAKEN');
      expect(said).toMatch(/pid \d+ \(node, user root\) listens on every address, so another instance does not help/);
    },
    START_MS,
  );
});

describe('small things', () => {
  it.each([
    ['empty', ''],
    ['of zeros', '\0'.repeat(90)],
    ['torn', '{"pid":'],
    ['of another kind', '[]'],
    ['with other types', '{"pid":"a"}'],
  ])(
    'a state file that is %s is no labd',
    async (_what, text) => {
      tear(text);
      const status = await odd.lab(['status', ...HERE]);
      expect(status).toMatchObject({ status: 0, stderr: '' });
      expect(status.stdout).toContain('Nothing is up');
    },
    START_MS,
  );

  it(
    'doctor works with the PATH that sudo leaves, and with no HOME',
    async () => {
      const doctor = await odd.lab(['doctor'], { env: { PATH: SUDO_PATH } });
      expect([0, 6]).toContain(doctor.status);
      expect(doctor.stdout).toMatch(/Ready/);
      expect(doctor.stderr).not.toMatch(/\n {4}at /);
    },
    START_MS,
  );

  it.each(["Siobhán O'Brien", 'अनिता', 'Jose\u0301'])(
    'learner %s is taken',
    async (name) => {
      const { stderr } = await odd.lab(['workshop', '1', '--learner', name, ...HERE], { env: { LANG: 'C.UTF-8' } });
      // The name is taken; what it ends for is that nobody answers the first question.
      expect(stderr).toContain('E_NO_INPUT');
    },
    START_MS,
  );

  it(
    'a reader that goes away ends a command quietly',
    async () => {
      const { stdout, stderr } = await odd.lab([], { first: './lab --help | head -1; echo "ended ${PIPESTATUS[0]}"; exit;' });
      expect(stdout).toMatch(/\nended (0|141)\n$/);
      expect(stderr).toBe('');
    },
    START_MS,
  );
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
