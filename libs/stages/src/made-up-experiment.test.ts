import { expect, it } from '@jest/globals';
import { defineExpectation, judge, performedOf, unseen, type Experiment, type Observed } from '@loadstair/experiments';
import { actionFrom, capability, defineAction, offer, offeredIn, type OperableSite } from '@loadstair/operations';
import { placeTopology } from '@loadstair/topology';
import { z } from 'zod';
import { stageByNumber } from './catalogue.ts';
import { actions, actionsOf } from './experiments.ts';

/** What a component of a made-up stage offers, what its experiment does with it, and what must then be seen. Nothing else knows of it. */
const LANTERNS = capability<{ light(colour: string): Promise<number> }>('lanterns', {
  what: 'There are no lanterns here.',
  why: 'only the made-up stage has them',
  code: 'E_DARK',
});
const light = defineAction({
  name: 'light-lanterns',
  summary: 'Light every lantern',
  subject: 'site',
  input: z.strictObject({ colour: z.string() }),
  result: z.object({ lit: z.int() }),
  needs: { lanterns: LANTERNS },
  run: async ({ colour }, { lanterns }) => ({ lit: await lanterns.light(colour) }),
  sentence: ({ colour }, { lit }) => `${lit} lanterns shine ${colour}`,
});
const shines = defineExpectation({
  kind: 'lanterns-shine',
  input: z.strictObject({ least: z.int() }),
  sentence: ({ least }) => ({ about: 'lanterns shine', expected: `at least ${least}` }),
  observe: (observed) => performedOf(observed, light)[0] ?? unseen('nobody lit one'),
  judge: ({ input, result }, { least }) => ({ measured: `${result.lit} ${input.colour}`, holds: result.lit >= least }),
});
const experiment: Experiment = {
  name: 'festival',
  stage: 99,
  title: 'Lanterns are lit',
  happens: 'Every lantern is lit.',
  takesS: { full: 1, quick: 1 },
  profile: 'smoke',
  first: [light({ colour: 'red' })],
  phases: [],
  expectations: [shines({ least: 2 })],
};

function siteWith(lanterns: number | null): OperableSite {
  const offers = lanterns === null ? [] : [offer(LANTERNS, { light: async () => lanterns })];
  return {
    placement: placeTopology(stageByNumber(1).topology, { instance: 1, labFolder: '/nowhere' }),
    hosts: () => [],
    capability: (wanted) => offeredIn(offers, wanted),
  };
}

/** As an experiment is driven: what is kept of an action is plain JSON. */
async function outcomeOn(site: OperableSite): Promise<ReturnType<typeof judge>> {
  const done = await Promise.all(
    (experiment.first ?? []).map(async (action) => {
      const { result, text } = await action.run(site, new AbortController().signal);
      expect(text).toMatch(/lanterns shine red/);
      return { action: { do: action.name, ...action.input }, phase: 'first', beganMs: 0, endedMs: 1, result };
    }),
  );
  const observed: Observed = { slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 }, phases: [], actions: done, requests: [] };
  return judge(experiment, false, JSON.parse(JSON.stringify(observed)) as Observed, []);
}

it('a stage has experiments with actions and expectations that nothing else knows of', async () => {
  expect(await outcomeOn(siteWith(3))).toMatchObject({ kind: 'held', results: [{ measured: '3 red', holds: true }] });
  expect(await outcomeOn(siteWith(1))).toMatchObject({ kind: 'not-held', results: [{ measured: '1 red', holds: false }] });
  expect(() => light({ colour: 'red' }).check(siteWith(null))).toThrow('There are no lanterns here.');
});

it('its action is one that a request may name, and the catalogue is without it', () => {
  const request = { action: 'light-lanterns', input: { colour: 'blue' } };
  expect(actionFrom(actionsOf([experiment]), request)).toMatchObject({ name: 'light-lanterns', input: { colour: 'blue' } });
  expect(() => actionFrom(actions, request)).toThrow(z.ZodError);
});
