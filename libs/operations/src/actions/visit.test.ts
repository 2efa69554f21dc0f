import { describe, expect, it } from '@jest/globals';
import { placeTopology, type PublicName, type Topology } from '@loadstair/topology';
import { CLIENTS, type Clients, type VisitOf } from '../capabilities.ts';
import { offer, offeredIn } from '../capability.ts';
import type { OperableSite } from '../site.ts';
import { visit } from './visit.ts';

const topology: Topology = {
  stage: 7,
  slug: 'made-up',
  title: 'Made up',
  tiers: [{ name: 'front', count: 1, cpu: 1, memoryMiB: 256, components: ['site'], settings: {}, public: true, distanceMs: 0 }],
  links: [{ from: 'clients', to: 'front', role: 'http' }],
};
const { signal } = new AbortController();

function siteOf(clients: Pick<Clients, 'visit'>, ...names: readonly PublicName[]): OperableSite {
  const all = [offer(CLIENTS, { ...clients, get: async () => null, dial: async (address) => ({ address, answer: 'refused' }) })];
  return {
    placement: placeTopology({ ...topology, names }, { instance: 1, labFolder: '/nowhere' }),
    hosts: () => [],
    capability: (wanted) => offeredIn(all, wanted),
  };
}

describe('a visit', () => {
  const asked: VisitOf[] = [];
  const clients: Pick<Clients, 'visit'> = {
    visit: async (request) => {
      asked.push(request);
      const headers = { 'content-type': 'text/html; charset=utf-8', 'x-served-by': 'front-1' };
      return {
        name: 'photos.lab',
        address: '127.1.0.1',
        lookupMs: 1.5,
        answerMs: 12,
        answer: { url: '', status: 200, headers, text: 'né' },
        error: null,
      };
    },
  };

  it('says what the name was answered with, how long both parts took, and what came', async () => {
    const { result, text } = await visit({ path: '/users/12', as: 'browser' }).run(siteOf(clients), signal);
    expect(result).toEqual({
      kind: 'done',
      name: 'photos.lab',
      address: '127.1.0.1',
      lookupMs: 1.5,
      answerMs: 12,
      status: 200,
      type: 'text/html',
      servedBy: 'front-1',
      edge: null,
      bytes: 3,
      text: 'né',
      error: null,
    });
    expect(text).toBe('photos.lab is 127.1.0.1; /users/12 answered 200');
  });

  it('asks for files where they have a name of their own, and from where it is told', async () => {
    await visit({ path: '/static/site.css', as: 'file' }).run(siteOf(clients), signal);
    const named = siteOf(clients, { name: 'cdn.photos.lab', tiers: ['front'], policy: { kind: 'nearest', ttlS: 60, checked: false } });
    await visit({ path: '/static/site.css', as: 'file' }).run(named, signal);
    expect(asked.slice(-2).map(({ name }) => name)).toEqual(['photos.lab', 'cdn.photos.lab']);
    expect(() => visit({ path: '/', as: 'app', place: 'moon' }).check(siteOf(clients))).toThrow(
      expect.objectContaining({ code: 'E_UNKNOWN_PLACE' }),
    );
  });

  it('of a name that is not there is no failure of the lab', async () => {
    const lost: Pick<Clients, 'visit'> = {
      visit: async ({ name = '' }) => ({ name, address: null, lookupMs: 1, answerMs: null, answer: null, error: 'queryA ENOTFOUND' }),
    };
    expect(await visit({ path: '/', as: 'app' }).run(siteOf(lost), signal)).toMatchObject({
      result: { kind: 'done', address: null, status: null, error: 'queryA ENOTFOUND' },
    });
  });
});
