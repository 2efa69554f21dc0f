import { describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import {
  cheaperArrival,
  downBetween,
  expectationKinds,
  expectationsOf,
  failuresWithin,
  noFailures,
  phasesOf,
  refuses,
  type AnyExpectation,
  type ExpectationDefinition,
  type Experiment,
} from '@loadstair/experiments';
import { dial, scale, type Action } from '@loadstair/operations';
import { applySettings } from '@loadstair/topology';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stageByNumber, stages } from './catalogue.ts';
import { actions, experimentByName, experimentLines, experiments, topologyOf, UnknownExperiment } from './experiments.ts';

const forms = experiments().flatMap((experiment) => [false, true].map((quick) => ({ name: experiment.name, experiment, quick })));

/** All that is done, in order. */
const actionsOf = (experiment: Experiment, quick: boolean): Action[] => [
  ...(experiment.first ?? []),
  ...phasesOf(experiment, quick).flatMap(({ actions = [] }) => actions),
];

describe('the catalogue of experiments', () => {
  it('has every file of every stage', () => {
    for (const stage of stages) {
      const { stage: number, slug } = stage.topology;
      const folder = join(import.meta.dirname, `${String(number).padStart(2, '0')}-${slug}`, 'experiments');
      const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
      expect(stage.experiments.map(({ name }) => name).sort()).toEqual(files.sort());
      for (const experiment of stage.experiments) expect(experiment.stage).toBe(number);
    }
  });

  it('has each name once, and finds it', () => {
    expect(new Set(experiments().map(({ name }) => name)).size).toBe(experiments().length);
    for (const experiment of experiments()) expect(experimentByName(experiment.name)).toBe(experiment);
    expect(() => experimentByName('kil-web')).toThrow(UnknownExperiment);
    expect(new UnknownExperiment('kil-web').do).toBe('./lab experiment kill-web');
  });

  it.each(experiments().map((experiment) => ({ name: experiment.name, experiment })))('$name is told to people', ({ experiment }) => {
    const { name, title, happens, takesS, expectations, phases } = experiment;
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title.length).toBeLessThanOrEqual(36);
    expect(title).not.toMatch(/\.$/);
    expect(happens).toMatch(/^[A-Za-z].*\.$/s);
    expect(expectations.length).toBeGreaterThan(0);
    expect(new Set(phases.map((phase) => phase.name)).size).toBe(phases.length);
    const load = (quick: boolean): number => phasesOf(experiment, quick).reduce((sum, { seconds }) => sum + seconds, 0);
    expect(takesS.full).toBeGreaterThan(load(false));
    expect(takesS.quick).toBeGreaterThan(load(true));
    expect(takesS.full).toBeLessThanOrEqual(8 * 60);
    expect(takesS.quick).toBeLessThanOrEqual(3 * 60);
  });

  it.each(forms)('$name (quick: $quick) acts on tiers that are there, at most to a size that is', ({ experiment, quick }) => {
    const tiers = topologyOf(experiment).tiers.map((tier) => tier.name);
    for (const action of actionsOf(experiment, quick)) {
      if ('tier' in action.input) expect(tiers).toContain(action.input['tier']);
      const to = dial.inputOf(action)?.to;
      if (to !== undefined && to !== 'public' && 'tier' in to) expect(tiers).toContain(to.tier);
      const scaled = scale.inputOf(action);
      if (scaled !== null)
        expect(() => applySettings(topologyOf(experiment), [`${scaled.tier}.count=${scaled.count}`], declarations)).not.toThrow();
      expect(actions()).toContain(action.definition);
    }
    for (const { priced } of phasesOf(experiment, quick)) {
      if (priced !== undefined)
        expect(applySettings(stageByNumber(priced.stage).topology, priced.set, declarations).tiers.length).toBeGreaterThan(0);
    }
  });

  it.each(forms)('$name (quick: $quick) expects what its phases and actions can show', ({ experiment, quick }) => {
    const expected = expectationsOf(experiment, quick);
    expect(expected.length).toBeGreaterThan(0);
    const phases = phasesOf(experiment, quick).map((phase) => phase.name);
    const does = actionsOf(experiment, quick).map((action) => action.name);
    const tiers = topologyOf(experiment).tiers.map((tier) => tier.name);
    for (const { input } of expected) {
      if ('tier' in input) expect(tiers).toContain(input['tier']);
    }
    const inputs = <Input>({ inputOf }: Pick<ExpectationDefinition<Input>, 'inputOf'>): Input[] =>
      expected.flatMap((one) => inputOf(one) ?? []);
    for (const none of inputs(noFailures)) expect(phases).toEqual(expect.arrayContaining([...none.phases]));
    for (const { action } of [...inputs(failuresWithin), ...inputs(refuses)]) expect(does).toContain(action);
    for (const { from, until } of inputs(downBetween)) expect(does).toEqual(expect.arrayContaining([from, until]));
    for (const cheaper of inputs(cheaperArrival)) {
      for (const prefix of [cheaper.phases, cheaper.than])
        expect(phases.filter((name) => name.startsWith(prefix)).length).toBeGreaterThan(1);
      // Else a phase is held against itself.
      expect(phases.filter((name) => name.startsWith(cheaper.phases) && name.startsWith(cheaper.than))).toEqual([]);
    }
    // Every expectation of the long form names phases there are.
    if (!quick) expect(expected).toHaveLength(experiment.expectations.length);
  });

  it.each(forms)(
    '$name (quick: $quick) leaves something steady of a phase in which peers wait for a silent host',
    ({ experiment, quick }) => {
      for (const { actions = [], effectMs, seconds } of phasesOf(experiment, quick)) {
        expect(seconds * 1000 - (effectMs ?? 0)).toBeGreaterThanOrEqual(2_000);
        if (effectMs !== undefined) expect(actions.length).toBeGreaterThan(0);
      }
    },
  );

  it('names each action once, and each kind of expectation', () => {
    expect(new Set(actions().map(({ name }) => name)).size).toBe(actions().length);
    const kinds = new Map<string, AnyExpectation>(expectationKinds.map((definition) => [definition.kind, definition]));
    for (const expectation of experiments().flatMap((experiment) => experiment.expectations)) {
      const known = kinds.get(expectation.kind) ?? expectation.definition;
      expect(expectation.definition).toBe(known);
      kinds.set(expectation.kind, known);
    }
  });

  it('fits in 80 columns', () => {
    const lines = experimentLines();
    expect(lines.join('\n')).toContain('kill-web');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(experimentLines(1).join('\n')).not.toContain('kill-web');
  });
});
