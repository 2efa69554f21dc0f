import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '@loadstair/verify';
import { eventually } from './testing/eventually.ts';
import { lab, labOk, statusOf } from './testing/lab-command.ts';
import { labMetricsUrl, scrape } from './testing/metrics.ts';

const INSTANCE = 43;
const AT = ['--instance', String(INSTANCE)];
const TIMEOUT_MS = 90_000;
const STYLE = '/static/site.css';

interface Visited {
  readonly address: string | null;
  readonly lookupMs: number;
  readonly answerMs: number | null;
  readonly text: string;
}

let edges: Record<string, string>;
let site: string;

interface Answer {
  readonly status: number;
  readonly from: string | null;
  readonly text: string;
  readonly headers: Headers;
}

async function ask(address: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`http://${address}:8080${path}`, init);
  return { status: answer.status, from: answer.headers.get('x-cache'), text: await answer.text(), headers: answer.headers };
}
const edge = (name: string): string => edges[name] as string;

beforeAll(async () => {
  await labOk('up', '6', ...AT);
  const { hosts } = await statusOf(INSTANCE);
  edges = Object.fromEntries(hosts.filter(({ tier }) => tier === 'edge').map(({ name, publicAddress }) => [name, publicAddress as string]));
  site = hosts.find(({ tier }) => tier === 'lb')?.publicAddress as string;
}, TIMEOUT_MS);

afterAll(async () => {
  await lab(['down', ...AT]);
  expect(leftoversOf(INSTANCE)).toEqual([]);
}, TIMEOUT_MS);

describe('stage 6 up', () => {
  it('has an edge in each region that fetches a file once and then has it', async () => {
    expect(Object.keys(edges).sort()).toEqual(['edge-1', 'edge-2']);
    const own = await ask(site, STYLE);
    for (const name of ['edge-1', 'edge-2']) {
      const first = await ask(edge(name), STYLE);
      expect([first.status, first.from]).toEqual([200, 'miss']);
      const second = await ask(edge(name), STYLE);
      expect([second.status, second.from, second.text]).toEqual([200, 'hit', own.text]);
      expect(second.headers.get('cache-control')).toBe('public, max-age=3600');
      expect(second.headers.get('set-cookie')).toBeNull();
    }
  });

  it('keeps pictures and walls, and sends nothing that is the site’s own', async () => {
    for (const path of ['/photos/7/image', '/photos/7/wall.json']) {
      expect((await ask(edge('edge-1'), path)).from).toBe('miss');
      expect((await ask(edge('edge-1'), path)).from).toBe('hit');
    }
    expect((await ask(edge('edge-1'), '/users/12')).status).toBe(404);
    expect((await ask(edge('edge-1'), STYLE, { method: 'POST' })).status).toBe(405);
    expect((await ask(site, '/')).text).toContain('href="http://cdn.photos.lab:8080/static/site.css"');
  });

  it('forgets a file when the lab says so, and for nobody else; another version is another file', async () => {
    await ask(edge('edge-1'), STYLE);
    expect((await ask(edge('edge-1'), STYLE, { method: 'PURGE' })).status).toBe(405);
    expect((await ask(edge('edge-1').replace('.100.', '.0.'), STYLE, { method: 'PURGE' })).status).toBe(403);
    expect((await ask(edge('edge-1'), STYLE)).from).toBe('hit');
    expect(await labOk('purge', STYLE, ...AT)).toContain('edge-1, edge-2');
    expect((await ask(edge('edge-1'), STYLE)).from).toBe('miss');
    expect((await ask(edge('edge-1'), `${STYLE}?v=2`)).from).toBe('miss');
    expect((await ask(edge('edge-1'), STYLE)).from).toBe('hit');
  });

  it('is found by its name, in both forms, and its files by the name of the edges', async () => {
    const visited = JSON.parse(await labOk('visit', '--json', ...AT)) as Record<'browser' | 'app' | 'stylesheet', Visited>;
    const { browser, app, stylesheet } = visited;
    expect(app).toMatchObject({ name: 'photos.lab', address: site, status: 200, type: 'application/json', error: null });
    expect(app.text).toBe(
      '{"id":12,"firstName":"John","lastName":"Smith","address":{"streetAddress":"21 2nd Street","city":"New York","state":"NY","postalCode":10021},"phoneNumbers":["212 555-1234","646 555-4567"]}',
    );
    expect(browser).toMatchObject({ address: site, status: 200, type: 'text/html' });
    expect(browser.text).toContain('<!doctype html>');
    for (const { lookupMs, answerMs } of [browser, app, stylesheet]) {
      expect(lookupMs).toBeGreaterThan(0);
      expect(answerMs).toBeGreaterThan(0);
    }
    expect(stylesheet).toMatchObject({ name: 'cdn.photos.lab', address: edge('edge-1'), type: 'text/css' });
    const shown = await labOk('visit', ...AT);
    expect(shown).toContain(`photos.lab is ${site}   DNS answered in `);
    expect(shown).toContain(`${app.text}\n`);
    expect(shown).toContain(`cdn.photos.lab is ${edge('edge-1')}   DNS answered in `);
  });

  it('is far for who asks from the other region, whose files are near', async () => {
    const from = async (place: string): Promise<Record<'app' | 'stylesheet', Visited>> => {
      // An edge has the file from the first visit on.
      await labOk('visit', '--from', place, ...AT);
      return JSON.parse(await labOk('visit', '--from', place, '--json', ...AT)) as Record<'app' | 'stylesheet', Visited>;
    };
    const [east, west] = [await from('east'), await from('west')];
    expect(west.stylesheet).toMatchObject({ address: edge('edge-2'), edge: 'hit' });
    expect(Number(west.app.answerMs) - Number(east.app.answerMs)).toBeGreaterThan(50);
    expect(Number(west.stylesheet.answerMs)).toBeLessThan(50);
    const nowhere = await lab(['visit', '--from', 'moon', ...AT]);
    expect({ status: nowhere.status, stderr: nowhere.stderr }).toEqual({ status: 2, stderr: expect.stringContaining('east, west') });
  });

  it('counts what edges do, by region', async () => {
    await ask(edge('edge-2'), STYLE);
    await eventually('the counts', 10_000, async () => {
      const metrics = await scrape(labMetricsUrl(INSTANCE));
      const hits = metrics.value('lab_edge_requests_total', { host: 'edge-2', region: 'west', result: 'hit' }) ?? 0;
      const bytes = metrics.value('lab_edge_bytes_out_total', { host: 'edge-2', region: 'west' }) ?? 0;
      return hits >= 1 && bytes > 20_000 ? true : null;
    });
  });

  it(
    'an edge that dies comes back empty',
    async () => {
      await labOk('crash', 'edge-2', ...AT);
      await expect(ask(edge('edge-2'), STYLE)).rejects.toThrow();
      await labOk('replace', 'edge-2', ...AT);
      expect((await ask(edge('edge-2'), STYLE)).from).toBe('miss');
    },
    TIMEOUT_MS,
  );
});
