import { describe, expect, it } from '@jest/globals';
import type { ComponentContext } from '@loadstair/components';
import { judge, type Observed, type ObservedPhase, type Steady } from '@loadstair/experiments';
import { actionFrom, offeredIn, type Action, type OperableSite } from '@loadstair/operations';
import { actions, experimentByName, experimentLines, stageByNumber, topologyOf, UnknownExperiment } from '@loadstair/stages';
import { placeTopology } from '@loadstair/topology';
import { ZodError } from 'zod';
import { freshInk } from './experiments/fresh-ink.ts';
import { inkpress } from './inkpress/inkpress.ts';
import { NUMBER } from './number.ts';
import { topology } from './stage.ts';
import { whileRegistered } from './testing/registered.ts';

const placement = placeTopology(topology, { instance: 7, labFolder: '/lab' });
const request = { action: 'refill-ink', input: { tier: 'inkroom', bottles: 2 } };

/** A running site, as far as the action sees it; what is run on hosts is kept. */
function siteOf(ran: string[], stage: number = NUMBER): OperableSite {
  const at = stage === NUMBER ? placement : placeTopology(stageByNumber(stage).topology, { instance: 7, labFolder: '/lab' });
  const contexts = at.hosts
    .filter(({ tierSpec }) => tierSpec.components.includes('inkpress'))
    .map((host) => ({
      host,
      tools: { inkpress: '/bin/inkpress' },
      run: async (command: string, args: readonly string[]) => (ran.push([host.name, command, ...args].join(' ')), ''),
    })) as unknown as ComponentContext[];
  const offers = contexts.length === 0 ? [] : (inkpress.offers?.(() => contexts) ?? []);
  return { placement: at, hosts: () => [], capability: (wanted) => offeredIn(offers, wanted) };
}

/** As labd reads a request. */
const actionIn = (asked: typeof request): Action => actionFrom(actions(), asked);
const actionsIn = (): Action[] => freshInk.phases.flatMap(({ actions: all = [] }) => all);

it('the experiment and its action are unknown before', () => {
  expect(() => experimentByName('fresh-ink')).toThrow(UnknownExperiment);
  expect(() => actionIn(request)).toThrow(ZodError);
});

describe('once the stage is registered', () => {
  whileRegistered();

  it('its experiment is found, and listed under it', () => {
    expect(experimentByName('fresh-ink')).toBe(freshInk);
    expect(topologyOf(freshInk)).toBe(topology);
    expect(experimentLines(NUMBER).join('\n')).toMatch(/stamped-photos.*\n {2}fresh-ink +1:30 +1:00 {2}Fresh ink leaves pads free/);
  });

  it('its action is one that labd takes, and does on hosts what their component offers', async () => {
    expect(actions().map(({ name }) => name)).toContain('refill-ink');
    const ran: string[] = [];
    const done = await actionIn(request).run(siteOf(ran), new AbortController().signal);
    expect(done).toEqual({ result: { kind: 'done', hosts: 2 }, text: '2 hosts of inkroom took 2 bottles of ink each' });
    expect(ran).toEqual(['inkroom-1 /bin/inkpress refill 2', 'inkroom-2 /bin/inkpress refill 2']);
  });

  it('its action is refused by a site without its component, and for a tier that is not there', () => {
    expect(() => actionIn(request).check(siteOf([], NUMBER - 1))).toThrow('There are no ink presses here.');
    expect(() => actionIn({ ...request, input: { tier: 'inkrom', bottles: 2 } }).check(siteOf([]))).toThrow('inkrom');
    expect(() => actionIn({ ...request, input: { tier: 'inkroom', bottles: 99 } })).toThrow(ZodError);
  });

  it.each([
    [0.4, 'held', '60 %'],
    [0.9, 'not-held', '10 %'],
  ] as const)('its expectation is judged: pads %s busy is %s', async (busy, kind, measured) => {
    const outcome = judge(experimentByName('fresh-ink'), true, await observed(busy), []);
    expect(outcome).toMatchObject({ kind, experiment: 'fresh-ink', stage: NUMBER });
    expect(outcome.results[0]).toMatchObject({ about: 'pads left with fresh ink', expected: 'at least 30 %', measured });
  });

  it('its expectation is left open where nobody gave ink', async () => {
    const { results } = judge(freshInk, true, { ...(await observed(0.4)), actions: [] }, []);
    expect(results[0]).toMatchObject({ holds: null, measured: 'nobody gave ink' });
  });
});

/** What an experiment saw whose action was done, as it is kept: plain JSON. */
async function observed(busy: number): Promise<Observed> {
  const use = [{ kind: 'stamp-ink', resource: 'inkroom-1/inkpress/stamp-ink', busy, blocks: [] }];
  const phase = (name: string, startMs: number): ObservedPhase => ({
    name,
    startMs,
    endMs: startMs + 1000,
    steady: { startMs, endMs: startMs + 1000, hosts: [], use } as unknown as Steady,
  });
  const [action] = actionsIn();
  const { result } = (await action?.run(siteOf([]), new AbortController().signal)) ?? { result: { kind: 'done' as const } };
  const seen = {
    slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
    phases: [phase('before', 0), phase('after', 1000)],
    actions: [{ action: { do: action?.name, ...action?.input }, phase: 'after', beganMs: 1000, endedMs: 1001, result }],
    requests: [{ dueMs: 500, endMs: 600, failed: false }],
  };
  return JSON.parse(JSON.stringify(seen)) as Observed;
}
