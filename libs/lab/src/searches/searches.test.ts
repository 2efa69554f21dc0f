import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RunEvent } from '@loadstair/runs';
import type { RunRequest } from '@loadstair/runs/run-request';
import { createEventLog, type EventLog } from '../event-log.ts';
import { createSearches, type Searches } from './searches.ts';

let asked: { readonly request: RunRequest; readonly events: EventLog<RunEvent> }[];
let stopped: string[];
let searches: Searches;

beforeEach(() => {
  [asked, stopped] = [[], []];
  searches = createSearches({
    run(request) {
      const events = createEventLog<RunEvent>();
      asked.push({ request, events });
      return { run: `run${asked.length}`, events };
    },
    stopRun: (run) => void stopped.push(run),
  });
});

/** The search that was begun last ends; resolves when what follows from that has been done. */
async function ends(kind: 'unexplained' | 'refused', codes: readonly string[] = []): Promise<void> {
  const { events } = asked.at(-1) as (typeof asked)[number];
  events.append({ type: 'verdict', atMs: 1, verdict: { kind, codes } } as unknown as RunEvent);
  events.close();
  await new Promise((resolve) => setImmediate(resolve));
}

describe('searches', () => {
  it('run one after the other, each stage once a block, with a seed a block', async () => {
    expect(searches.now()).toMatchObject({ state: 'idle', failed: null });
    expect(searches.begin({ stages: [1, 2], profile: 'mixed', runs: 2 })).toMatchObject({ state: 'going', number: 1, of: 4, run: 'run1' });
    await ends('unexplained');
    expect(searches.now()).toMatchObject({ number: 2, run: 'run2' });
    // Refused for the machine's sake: the next one may do better.
    await ends('refused', ['PHYS_CPU']);
    await ends('unexplained');
    await ends('unexplained');
    expect(searches.now()).toMatchObject({ state: 'idle', failed: null });
    const stages = asked.map(({ request }) => request.stage);
    expect([stages.slice(0, 2).sort(), stages.slice(2).sort()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(asked.map(({ request }) => request.seed)).toEqual([42, 42, 43, 43]);
    expect(asked.every(({ request }) => request.search && request.profile === 'mixed')).toBe(true);
  });

  it('end with the one that is stopped', async () => {
    searches.begin({ stages: [1, 2], profile: 'mixed', runs: 1 });
    searches.stop();
    expect(stopped).toEqual(['run1']);
    await ends('refused', ['INTERRUPTED']);
    expect(asked).toHaveLength(1);
    expect(searches.now()).toMatchObject({ state: 'idle', failed: 'a search was stopped' });
  });

  it('are refused while others go on', () => {
    searches.begin({ stages: [1], profile: 'mixed', runs: 1 });
    expect(() => searches.begin({ stages: [2], profile: 'mixed', runs: 1 })).toThrow('Other searches are running.');
    expect(asked).toHaveLength(1);
  });

  it('say why they did not go on', async () => {
    searches.begin({ stages: [1, 2], profile: 'mixed', runs: 1 });
    const { events } = asked[0] as (typeof asked)[number];
    events.append({ type: 'failed', atMs: 1, problem: { what: 'The disk is full.', why: '', do: '', code: 'E_DISK', exit: 1 } });
    events.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(searches.now()).toMatchObject({ state: 'idle', failed: 'The disk is full.' });
  });
});
