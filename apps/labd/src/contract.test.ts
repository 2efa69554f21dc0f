import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, createReadings, type Benches, type Confirmations, type SiteSession } from '@loadstair/lab';
import { openApiDocument, OPERATIONS, tellsAnswers, type Operation } from '@loadstair/lab-api';
import { createStore, importRun } from '@loadstair/runs';
import { LOOPBACK } from './config.ts';
import { startServer, type StartedServer } from './server.ts';
import { freePort } from './testing/free-port.ts';

const RECORDED = join(import.meta.dirname, '../fixtures/stage-3-quick.tar.gz');
const KEY = { authorization: 'Bearer secret' };

let folder: string;
let server: StartedServer;
let run: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-contract-'));
  run = await importRun(createStore(folder), RECORDED);
  const config = { instance: 4, repoFolder: '/', labFolder: folder, path: process.env['PATH'] ?? '' };
  const lab = createLab(config, async () => ({}) as SiteSession);
  server = await startServer({
    lab,
    benches: {} as Benches,
    confirmations: { of: () => ({ state: 'impossible', why: 'nothing was named' }), isGoing: () => false } as unknown as Confirmations,
    readings: createReadings(config, lab),
    consoleFolder: join(folder, 'no-console'),
    labFolder: folder,
    doors: LOOPBACK,
    port: await freePort(),
    token: 'secret',
    onShutdown: () => {},
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const all = Object.entries<Operation>(OPERATIONS);

describe('an answer is what the table says', () => {
  it.each([
    ['GET /api/status', '/api/status'],
    ['GET /api/stages', '/api/stages'],
    ['GET /api/measured', '/api/measured'],
    ['GET /api/profiles', '/api/profiles'],
    ['GET /api/stages/{stage}/diff/{other}', '/api/stages/2/diff/3'],
    ['GET /api/runs', '/api/runs'],
    ['GET /api/runs/{run}', '/api/runs/RUN'],
    ['GET /api/runs/{run}/dashboards/{uid}', '/api/runs/RUN/dashboards/stage-3'],
    ['GET /api/runs/{run}/traces', '/api/runs/RUN/traces'],
    ['GET /api/runs/{run}/logs', '/api/runs/RUN/logs'],
    ['GET /api/runs/{run}/confirmation', '/api/runs/RUN/confirmation'],
    ['GET /api/compare', '/api/compare?stages=1,2'],
    ['GET /api/baseline', '/api/baseline'],
    ['GET /api/searches', '/api/searches'],
    ['GET /api/runs/{run}/over-time', '/api/runs/RUN/over-time'],
    ['GET /api/trend', '/api/trend?stage=3&profile=reads'],
    ['GET /api/alerts', '/api/alerts'],
    ['GET /api/health', '/api/health'],
    ['GET /api/labs', '/api/labs?learner=anna'],
    ['GET /api/labs/learners', '/api/labs/learners'],
    ['GET /api/labs/log', '/api/labs/log?learner=anna'],
    ['GET /api/labs/{lab}', '/api/labs/1?learner=anna'],
    ['GET /api/labs/{lab}/steps/{step}', '/api/labs/1/steps/split?learner=anna'],
  ] as const)('%s', async (name, address) => {
    const response = await fetch(server.url + address.replace('RUN', run), { headers: KEY });
    expect(response.status).toBe(200);
    expect(OPERATIONS[name].answer.safeParse(await response.json()).error?.issues ?? []).toEqual([]);
  });

  it('and so are the events of a run', async () => {
    const lines = (await (await fetch(`${server.url}/api/runs/${run}/events`)).text()).trim().split('\n');
    const { line } = OPERATIONS['GET /api/runs/{run}/events'];
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.flatMap((text) => line.safeParse(JSON.parse(text)).error?.issues ?? [])).toEqual([]);
  });

  it('and a refusal is a problem', async () => {
    const response = await fetch(`${server.url}/api/runs`, { method: 'POST', headers: KEY, body: '{}' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
  });
});

describe('the OpenAPI document', () => {
  const { paths, components } = openApiDocument('http://127.0.0.1:1') as {
    readonly paths: Record<string, Record<string, { security?: unknown[]; responses: Record<string, unknown>; requestBody?: unknown }>>;
    readonly components: { readonly schemas: object };
  };
  const documented = (name: string) => {
    const [method = '', path = ''] = name.split(' ');
    const found = paths[path]?.[method.toLowerCase()];
    if (found === undefined) throw new Error(`${name} is not in the document.`);
    return found;
  };

  it.each(all)('%s: its key, its body and its refusals', (name, { body, secret, answer, stream, refuses = [] }) => {
    const { security, responses, requestBody } = documented(name);
    const [method = '', path = ''] = name.split(' ');
    expect(security === undefined).toBe(method !== 'GET' || secret === true);
    // What is guarded and what is documented must be the same readings.
    if (method === 'GET') expect(tellsAnswers({ originalUrl: path })).toBe(secret === true);
    expect(requestBody !== undefined).toBe(body !== undefined);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', 'default', ...refuses.map(String)]));
    expect(answer === undefined).toBe(stream !== undefined);
  });

  it('says of every value what it is, but of a dashboard, whose form is Grafana’s', () => {
    expect(vagueIn(components.schemas)).toEqual(['Dashboard.dashboard']);
  });

  it('names each shape once', () => {
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Status', 'RunData', 'Verdict', 'Problem', 'RunEvent', 'StepView']),
    );
    expect(documented('GET /api/status').responses['200']).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Status' } } },
    });
  });
});

describe('a stored run', () => {
  const post = (path: string, body: object, headers: Record<string, string> = KEY): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const label = { name: 'before the index', note: '<b>why</b>', starred: true };

  it('is given a label by who has the key, and found by it', async () => {
    expect((await post(`/api/runs/${run}/label`, label, {})).status).toBe(401);
    expect((await post(`/api/runs/${run}/label`, { ...label, name: 'x'.repeat(81) })).status).toBe(400);
    expect(await (await post(`/api/runs/${run}/label`, label)).json()).toEqual(label);
    expect(await (await fetch(`${server.url}/api/runs?starred=1&search=index`)).json()).toMatchObject({ runs: [{ id: run, label }] });
    expect(await (await fetch(`${server.url}/api/runs/${run}`)).json()).toMatchObject({ label });
  });

  it('is not deleted while the baseline holds it, and gone after', async () => {
    const remove = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${server.url}/api/runs/${run}`, { method: 'DELETE', headers });
    expect((await remove({})).status).toBe(401);
    expect(await (await post('/api/baseline', { runs: [run] })).json()).toEqual({ runs: [run] });
    expect((await remove(KEY)).status).toBe(409);
    rmSync(join(folder, 'baseline.json'));
    expect((await remove(KEY)).status).toBe(204);
    expect((await remove(KEY)).status).toBe(404);
    expect(await (await fetch(`${server.url}/api/runs`)).json()).toMatchObject({ total: 0 });
  });
});

const SAYS = ['$ref', 'type', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'];

/** Where a schema says nothing of a value, or of what an object has. */
function vagueIn(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((one) => vagueIn(one, at));
  const fields = new Map<string, unknown>(Object.entries(schema));
  const named = fields.get('properties') ?? (at === '' ? schema : {});
  const inner = Object.entries(named).flatMap(([name, one]) => vagueIn(one, at === '' ? name : `${at}.${name}`));
  const parts = ['items', 'prefixItems', 'anyOf', 'oneOf', 'allOf'].flatMap((key) => vagueIn(fields.get(key), at));
  const values = fields.get('additionalProperties');
  const free = typeof values === 'object' ? vagueIn(values, `${at}.*`) : [];
  const shaped = ['properties', 'anyOf', 'oneOf', 'allOf', 'additionalProperties'].some((key) => fields.has(key));
  const shapeless = fields.get('type') === 'object' && !shaped;
  return [...(at !== '' && (shapeless || !SAYS.some((key) => fields.has(key))) ? [at] : []), ...inner, ...parts, ...free];
}
