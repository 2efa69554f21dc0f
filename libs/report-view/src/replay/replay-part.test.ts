import { expect, it } from '@jest/globals';
import type { Topology } from '@loadstair/topology';
import type { ReplayedSecond } from './moment-words.ts';
import type { ReplayFrames } from './player.ts';
import { replayPart } from './replay-part.ts';

const topology = {
  stage: 1,
  slug: 'a-site',
  title: 'A site',
  tiers: [{ name: 'web', count: 2, cpu: 1, memoryMiB: 64, components: ['site'], settings: {}, public: true }],
  links: [{ from: 'clients', to: 'web', role: 'http' }],
} as unknown as Topology;

const second = (achievedPerS: number, hosts: readonly (readonly [string, string])[] = []): ReplayedSecond => ({
  step: { step: 2, of: 4, kind: 'load', offered: 20 },
  now: {
    achievedPerS,
    dropped: 1,
    lateP99Ms: 3,
    latency: { p50Ms: 20, p95Ms: 61 },
    use: [{ host: 'web-1', kind: 'cpu', busy: achievedPerS / 20, limit: 0.1 }],
  },
  hosts: new Map(hosts.map(([host, kind]) => [host, { kind }])),
});
const seconds = [second(5), second(10, [['web-2', 'died']]), second(20, [['web-3', 'up']])];
const run = {
  label: 'run 3f9k',
  points: [{ atS: 1, offered: 20, achieved: 5, p95Ms: 61, busiest: 0.2 }],
  marks: [{ atS: 0.4, text: '</script>' }],
};
const part = replayPart(topology, seconds, run, { latencyMs: 500 }).text;
const data = JSON.parse(/<script type="application\/json">([\s\S]*?)<\/script>/.exec(part)?.[1] ?? '') as ReplayFrames;
const textsAt = (at: number): string[] => (data.frames[at]?.t ?? []).map((word) => data.words[word] ?? '');

it('has a text for every place of the page that changes, in its order', () => {
  const places = part.match(/data-(?:line|edge|lag|cpu|other)=/g)?.map((name) => name.slice(5, -1));
  expect(places).toEqual(['line', 'edge', 'cpu', 'other', 'cpu', 'other', 'cpu', 'other']);
  for (const frame of data.frames) {
    expect(frame.t).toHaveLength(places?.length ?? 0);
    expect(frame.b).toHaveLength(part.match(/data-bar=/g)?.length ?? 0);
    expect(frame.c).toHaveLength(part.match(/data-host=/g)?.length ?? 0);
  }
});

it('says at each second what was read then', () => {
  expect(textsAt(0).slice(0, 3)).toEqual([expect.stringContaining('step 2 of 4 · 20.0/s offered · 5.0/s achieved'), '5.0/s', '25 %']);
  expect(textsAt(1).slice(0, 5)).toEqual([expect.stringContaining('10.0/s achieved'), '10.0/s', '50 %', '', '✕ down']);
  expect(data.frames.map(({ b }) => b[0])).toEqual([29, 58, 116]);
});

it('shows a host only where it was there', () => {
  const third = data.frames.map(({ c }) => data.words[c[2] ?? -1]);
  expect(third).toEqual(['absent', 'absent', '']);
});

it('takes nothing of a run for markup', () => {
  expect(part).not.toContain('⚑ 0:00 </script>');
  expect(part.match(/<\/script>/g)).toHaveLength(1);
});

it('keeps a bounded number of frames of a long run', () => {
  const long = replayPart(
    topology,
    Array.from({ length: 2000 }, () => second(5)),
    run,
    { latencyMs: 500 },
  ).text;
  const { every, frames } = JSON.parse(/<script type="application\/json">([\s\S]*?)<\/script>/.exec(long)?.[1] ?? '') as ReplayFrames;
  expect(frames.length).toBeLessThanOrEqual(600);
  expect(every * frames.length).toBeGreaterThanOrEqual(2000);
});
