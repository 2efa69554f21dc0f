import { describe, expect, it } from '@jest/globals';
import { diagnose, type RunData } from '@loadstair/analysis';
import type { Topology } from '@loadstair/topology';
import type { Answer } from '../answer.ts';
import { judgementText } from '../question.ts';
import type { Ran, RanLoad } from '../seen.ts';
import { between, judge, outcome, pick, read, UNSURE } from '../testing/judging.ts';
import { recordedData, recordedLoad, twoTiers } from '../testing/recorded.ts';
import { busyShare } from './busy-share.ts';
import { causeOrSymptom } from './cause-or-symptom.ts';
import { highestHeld, limitingResource, limitingTier, limitLoad, nextToRunOut } from './limit.ts';
import { askedInOrder, hostCount, programsOn, publicTier } from './look.ts';
import { limitAgainst } from './moved.ts';

const web = recordedLoad('stage-2-quick-web-cpu');
const db = recordedLoad('stage-3-quick-db-cpu');
/** The same climb, ended before anything ran out. */
const calm = loadOf(upTo(recordedData('stage-2-quick-web-cpu'), 2));

function upTo(run: RunData, last: number): RunData {
  return { ...run, steps: run.steps.filter((step) => step.kind !== 'load' || step.index <= last) };
}
function loadOf(data: RunData): RanLoad {
  const verdict = diagnose(data);
  if (verdict.kind === 'refused') throw new Error(verdict.codes.join());
  return { kind: 'run', id: 'calm', data, verdict };
}
describe('what runs out first', () => {
  it.each<[string, Ran, Answer, string]>([
    ['the tier this run names', web, pick('web'), 'right'],
    ['another tier', web, pick('db'), 'differs'],
    ['the same answer, in a run that names the other', db, pick('db'), 'right'],
    ['nothing, though something did', web, pick('nothing'), 'differs'],
    ['not sure', web, UNSURE, 'unsure'],
    ['nothing, and nothing did', calm, pick('nothing'), 'right'],
    ['a tier, and nothing did', calm, pick('web'), 'not-shown'],
  ])('%s', (_about, ran, answer, expected) => {
    expect(outcome(limitingTier(twoTiers), answer, ran)).toBe(expected);
  });

  it('is a resource of it, too', () => {
    const question = limitingResource(['cpu', 'memory', 'pool']);
    expect(outcome(question, pick('cpu'), web)).toBe('right');
    expect(outcome(question, pick('pool'), web)).toBe('differs');
    expect(outcome(question, pick('nothing'), calm)).toBe('right');
  });

  it('has a next one, when the run names it', () => {
    const { verdict } = web;
    expect(verdict.kind === 'named' ? verdict.runnerUp?.tier : null).toBe('db');
    expect(outcome(nextToRunOut(twoTiers), pick('db'), web)).toBe('right');
    expect(outcome(nextToRunOut(twoTiers), pick('web'), web)).toBe('differs');
    const alone: RanLoad = { ...web, verdict: { ...(verdict as Extract<typeof verdict, { kind: 'named' }>), runnerUp: null } };
    expect(outcome(nextToRunOut(twoTiers), pick('db'), alone)).toBe('not-shown');
  });
});

describe('what runs out where replicas answer the reads', () => {
  const replicas = recordedLoad('stage-4-quick-replica-cpu');
  const { verdict } = replicas;
  if (verdict.kind !== 'named') throw new Error('the recorded run names something');
  const kinds = ['cpu', 'memory', 'replay'] as const;

  it('is the CPU of the replicas, and not that they are behind', () => {
    expect(verdict.tier).toBe('db-replica');
    expect(outcome(limitingResource(kinds), pick('cpu'), replicas)).toBe('right');
    expect(outcome(limitingResource(kinds), pick('replay'), replicas)).toBe('differs');
  });

  it('at a load between two', () => {
    const { load, interval } = verdict;
    expect(outcome(limitLoad(), between(load - 10, load + 10), replicas)).toBe('right');
    expect(outcome(limitLoad(), between(interval[1] + 10, interval[1] + 20), replicas)).toBe('differs');
  });
});

describe('at which load', () => {
  const { verdict } = web;
  if (verdict.kind !== 'named') throw new Error('the recorded run names something');
  const { load, interval } = verdict;

  it.each<[string, Answer, string, string]>([
    ['holds it', between(load - 10, load + 10), 'right', 'Inside, 20/s wide.'],
    ['ends in its interval', between(interval[0] - 20, load - 0.1), 'right', 'At its edge'],
    ['begins in its interval', between(load + 0.1, interval[1] + 30), 'right', 'At its edge'],
    ['lies above', between(interval[1] + 1, interval[1] + 10), 'differs', 'It was less.'],
    ['lies below', between(1, interval[0] - 1), 'differs', 'It was more.'],
  ])('a range that %s', (_about, answer, expected, note) => {
    expect(judge(limitLoad(), answer, web)).toMatchObject({ outcome: expected, note: expect.stringContaining(note) });
  });

  it('is not shown by a run in which nothing ran out', () => {
    expect(judge(limitLoad(), between(1, 1000), calm)).toMatchObject({
      outcome: 'not-shown',
      why: expect.stringContaining('Nothing ran out'),
    });
  });
});

describe('what is read off', () => {
  const { verdict, data } = web;
  if (verdict.kind !== 'named') throw new Error('the recorded run names something');
  const busyIn = (step: number): number => 100 * Math.min(1, data.steps[step]?.use.find((one) => one.resource === 'web-1/cpu')?.busy ?? 0);
  const failing = verdict.onset.step;

  it('is the busy share within three points, and says which step else it is of', () => {
    expect(outcome(busyShare(), read(Math.round(busyIn(failing))), web)).toBe('right');
    expect(outcome(busyShare(), read(busyIn(failing) - 3), web)).toBe('right');
    expect(judge(busyShare(), read(busyIn(1)), web)).toMatchObject({ outcome: 'differs', note: 'That is step 1.' });
    expect(outcome(busyShare(), read(50), calm)).toBe('not-shown');
  });

  it('is the highest load that held, and says of another what it did', () => {
    const held = data.steps.filter((step) => step.kind === 'load' && step.offered < verdict.onset.firstFail).at(-1)?.offered ?? 0;
    expect(held).toBe(verdict.onset.lastPass);
    expect(outcome(highestHeld(), read(Math.round(held)), web)).toBe('right');
    expect(judge(highestHeld(), read(verdict.onset.firstFail), web)).toMatchObject({
      outcome: 'differs',
      note: 'That step missed its SLO.',
    });
    expect(judge(highestHeld(), read(data.steps[1]?.offered ?? 0), web)).toMatchObject({
      note: 'That step met its SLO, and a higher one did too.',
    });
  });

  it('has the value that was read, the measured one with its spread, and the place, in one sentence', () => {
    expect(judgementText(busyShare(), judge(busyShare(), read(busyIn(1)), web), 'answered')).toMatch(
      /^Busy share in the first failing step: you answered [\d.]+ %\. Measured: \d+ ± \d+ %\. That is step 1\. See “What runs out, in order”: .+\.$/,
    );
  });
});

describe('a pool', () => {
  const question = causeOrSymptom('web', 'pool');
  const named = db.verdict as Extract<typeof db.verdict, { kind: 'named' }>;
  const poolEvidence = (isFor: boolean) => ({
    for: isFor,
    text: 'held 1.1× as long',
    resource: 'web-1/site/pool',
    step: named.onset.step,
    value: 1,
    limit: 1.3,
    baseline: 1,
    unit: '×',
    query: null,
  });

  it('that was never full', () => {
    expect(outcome(question, pick('free'), web)).toBe('right');
    expect(outcome(question, pick('cause'), web)).toBe('differs');
  });

  it('that is full and waits for what is named is a symptom', () => {
    const full: RanLoad = { ...db, verdict: { ...named, evidence: [...named.evidence.filter((one) => one.for), poolEvidence(false)] } };
    expect(outcome(question, pick('symptom'), full)).toBe('right');
    expect(judgementText(question, judge(question, pick('cause'), full), 'answered')).toContain('Measured: a symptom: held 1.1× as long');
  });

  it('that is named is the cause', () => {
    const own: RanLoad = { ...db, verdict: { ...named, tier: 'web', hosts: ['web-1'], resource: 'pool', evidence: [poolEvidence(true)] } };
    expect(outcome(question, pick('cause'), own)).toBe('right');
    expect(outcome(question, pick('symptom'), own)).toBe('differs');
  });
});

describe('a limit against an earlier one', () => {
  const at = (low: number, high: number): RanLoad => ({
    ...db,
    verdict: { ...(db.verdict as Extract<typeof db.verdict, { kind: 'named' }>), load: (low + high) / 2, interval: [low, high] },
  });

  it.each([
    ['higher', at(50, 60), at(30, 40)],
    ['lower', at(20, 29), at(30, 40)],
    ['same', at(38, 60), at(30, 40)],
  ])('is %s when the intervals say so', (word, now, before) => {
    for (const said of ['higher', 'lower', 'same'])
      expect({ said, outcome: outcome(limitAgainst('limit'), pick(said), now, before) }).toEqual({
        said,
        outcome: said === word ? 'right' : 'differs',
      });
  });

  it('is not shown without the earlier run', () => {
    expect(outcome(limitAgainst('limit'), pick('same'), db, null)).toBe('not-shown');
  });
});

describe('a look', () => {
  it('is answered by the topology', () => {
    expect(outcome(hostCount(), read(3), null)).toBe('right');
    expect(outcome(hostCount(), read(2), null)).toBe('differs');
    expect(outcome(programsOn('web'), read(1), null)).toBe('right');
    expect(outcome(publicTier(twoTiers), pick('web'), null)).toBe('right');
    expect(outcome(publicTier(twoTiers), pick('db'), null)).toBe('differs');
    expect(outcome(askedInOrder(twoTiers), pick('web>db'), null)).toBe('right');
    expect(outcome(askedInOrder(twoTiers), pick('db>web'), null)).toBe('differs');
    expect(judgementText(hostCount(), judge(hostCount(), read(2), null), 'answered')).toBe(
      'Hosts: you answered 2. The table says 3. See the tiers of stage 2.',
    );
  });
});

describe('in which order tiers are asked', () => {
  const tier = { ...(twoTiers.tiers[1] as (typeof twoTiers.tiers)[number]) };
  const grown: Topology = {
    ...twoTiers,
    tiers: ['edge', 'front', 'web', 'memory', 'primary', 'copies'].map((name) => ({ ...tier, name })),
    links: [
      { from: 'clients', to: 'front', role: 'http' },
      { from: 'front', to: 'web', role: 'http' },
      { from: 'web', to: 'primary', role: 'sql' },
      { from: 'web', to: 'copies', role: 'sql' },
      { from: 'copies', to: 'primary', role: 'wal' },
      { from: 'web', to: 'memory', role: 'cache' },
      { from: 'clients', to: 'edge', role: 'http' },
      { from: 'edge', to: 'front', role: 'http' },
    ],
  };
  const labels = (topology: Topology): string[] => {
    const { form } = askedInOrder(topology);
    return form.kind === 'choice' ? form.options.map(({ label }) => label) : [];
  };
  const solved = (topology: Topology): unknown => askedInOrder(topology).solve({ topology, ran: null, earlier: () => null });

  it('is over the longest way in, through the cache, to a replica and never its primary', () => {
    expect(solved(grown)).toMatchObject({ words: 'edge, then front, then web, then memory, then copies' });
    expect(solved({ ...grown, links: grown.links.filter(({ role }) => role !== 'cache') })).toMatchObject({
      words: 'edge, then front, then web, then copies',
    });
  });

  it('stands among wrong orders of the same tiers, in an order that does not give it away', () => {
    const shown = labels(grown);
    expect(shown).toContain('edge, then front, then web, then memory, then copies');
    expect(shown).toContain('edge, then front, then web, then copies, then memory');
    expect(shown).toContain('edge, then front, then web, then memory, then primary, then copies');
    expect(shown).toEqual(shown.toSorted((a, b) => a.localeCompare(b, 'en')));
    expect(new Set(shown).size).toBe(shown.length);
    expect(labels(twoTiers).length).toBeGreaterThan(1);
  });
});
