import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { stages } from '@loadstair/stages';
import { provisionedDashboards, readProvisioning } from './provisioning.ts';
import { queryPanels } from './query-panels.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-provisioning-'));
afterAll(() => rmSync(folder, { recursive: true }));
const OURS = join(REPO_FOLDER, 'dashboards/grafana/provisioning');

describe('a provisioning folder', () => {
  it('of the repository has one Prometheus, whose address comes from the environment', () => {
    const { dataSources, folders } = readProvisioning(OURS, {
      LOADSTAIR_PROMETHEUS_URL: 'http://lab:4600/prometheus',
      LOADSTAIR_CONSOLE_URL: 'http://127.0.0.1:4600',
    });
    expect(dataSources).toMatchObject([
      {
        uid: 'loadstair-prometheus',
        type: 'prometheus',
        url: 'http://lab:4600/prometheus',
        jsonData: { exemplarTraceIdDestinations: [{ url: 'http://127.0.0.1:4600/traces/${__value.raw}' }] },
      },
    ]);
    expect(folders).toEqual(['/etc/loadstair/dashboards/generated']);
  });

  it('with a variable that is not set is an error', () => {
    expect(() => readProvisioning(OURS, {})).toThrow('LOADSTAIR_PROMETHEUS_URL, which is not set');
  });
});

it('every panel is queried through the data source; what is empty, and what is refused, is named', async () => {
  mkdirSync(folder, { recursive: true });
  const panel = (id: number, title: string, expr: string, noValue?: string) => ({
    ...{ id, title, type: 'timeseries', targets: [{ refId: 'A', expr, interval: '1s' }] },
    ...(noValue === undefined ? {} : { fieldConfig: { defaults: { noValue } } }),
  });
  const panels = [panel(1, 'full', 'up'), panel(2, 'empty', 'none', 'nothing happened'), panel(3, 'wrong', 'bad(')];
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ uid: 'a', title: 'A', panels }));
  const asked: string[] = [];
  const answer = async (request: IncomingMessage): Promise<[status: number, body: object]> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push(`${request.method} ${request.url} ${body}`);
    const expr = new URLSearchParams(body).get('query');
    if (expr === 'bad(') return [400, { status: 'error', errorType: 'bad_data', error: 'parse error' }];
    return [200, { status: 'success', data: { result: expr === 'up' ? [{}] : [] } }];
  };
  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const [first] = stages;
  const dashboards = provisionedDashboards({ dataSources: [], folders: [folder] }, first?.topology.stage ?? 1);
  const source = { uid: 'p', type: 'prometheus', url: `http://127.0.0.1:${port}/prometheus` };
  const answers = await queryPanels(dashboards, source, { startMs: 1_000_000, endMs: 1_060_000 });
  server.close();
  expect(answers).toEqual({
    dashboards: 1,
    panels: 3,
    queries: 3,
    empty: [{ panel: 'a: empty', says: 'nothing happened' }],
    refused: [{ panel: 'a: wrong', why: expect.stringContaining('parse error') }],
  });
  expect(asked[0]).toBe('POST /prometheus/api/v1/query_range query=up&start=1000&end=1060&step=1');
});
