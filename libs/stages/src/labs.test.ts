import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandOf, parseAnswer, unknownFigures, type Block } from '@loadstair/labs';
import { experiments } from './experiments.ts';
import { labs } from './labs.ts';
import { pictureFile } from './pictures.ts';
import { stages } from './catalogue.ts';

/** Words the terminal asks for itself. */
const TAKEN = ['why', 'sure', 'reflect', 'run', 'change', 'menu', 'learner'];

describe('the labs', () => {
  it('are one a stage', () => {
    expect(labs.map((lab) => lab.stage)).toEqual(stages.map((stage) => stage.topology.stage));
  });
});

describe.each(labs.map((lab) => ({ name: `lab ${lab.stage}`, lab })))('$name', ({ lab }) => {
  const guide = readFileSync(join(import.meta.dirname, `${String(lab.stage).padStart(2, '0')}-${lab.slug}`, 'guide.md'), 'utf8');

  it('begins with a look, and predicts before everything that runs', () => {
    expect(lab.steps[0]?.action.kind).toBe('look');
    for (const step of lab.steps.filter((one) => one.action.kind !== 'look')) {
      expect({ step: step.id, predicts: step.predict.length > 0, reflects: step.reflect !== null }).toEqual({
        step: step.id,
        // A change is judged by its run, as often as the learner likes.
        predicts: step.action.kind !== 'fix',
        reflects: true,
      });
    }
  });

  it('ends with a site to mend, before what is optional, where there is more than one host', () => {
    const fixes = lab.steps.filter(({ action }) => action.kind === 'fix');
    const hosts = lab.steps[0]?.topology.tiers.length ?? 0;
    expect(fixes.map(({ id }) => id)).toEqual(hosts > 1 ? [lab.steps.findLast(({ optional }) => !optional)?.id] : []);
    for (const { action } of fixes) {
      if (action.kind !== 'fix') continue;
      const measures = lab.steps.find(({ id }) => id === action.fix.measuredIn);
      expect(measures?.action).toEqual({ kind: 'run', stage: lab.stage, set: [] });
      expect(action.fix.factor).toBeGreaterThan(1);
    }
  });

  it('checks something in every step, under names of its own', () => {
    for (const step of lab.steps) {
      const keys = [...step.predict, ...step.check].map((asked) => asked.key);
      expect(step.check.length).toBeGreaterThan(0);
      expect(new Set([...keys, ...TAKEN]).size).toBe(keys.length + TAKEN.length);
    }
  });

  it('says in its guide the very command that runs', () => {
    for (const step of lab.steps) {
      const commands = step.text.filter((block) => block.kind === 'command').map((block) => block.text);
      const runs = commandOf(step.action, false);
      // Where nothing runs, commands are there to be tried.
      if (runs === null) for (const command of commands.flatMap((text) => text.split('\n'))) expect(command).toMatch(/^\.\/lab /);
      else expect({ step: step.id, commands }).toEqual({ step: step.id, commands: [runs] });
    }
  });

  it('runs experiments of the catalogue, and stages that are there', () => {
    for (const { action } of lab.steps) {
      if (action.kind === 'experiment') expect(experiments()).toContain(action.experiment);
      if (action.kind === 'run') expect(stages[action.stage - 1]?.topology.stage).toBe(action.stage);
    }
  });

  it('does not name the limit the catalogue expects, nor the load of any run', () => {
    const { tier, resource } = stages[lab.stage - 1]?.expected ?? {};
    expect(guide).not.toMatch(new RegExp(`${tier}(-\\d)? (tier )?${resource}`, 'i'));
    expect(guide).not.toMatch(/\d (arrivals)?\/s/);
  });

  it('names in its texts only figures that a question measured before', () => {
    expect(unknownFigures(labs, lab)).toEqual([]);
  });

  it('explains every step that runs something', () => {
    expect(lab.steps.filter(({ action, why }) => action.kind !== 'look' && why.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('asks for its idea in another setting', () => {
    const asked = lab.steps.flatMap(({ check }) => check.filter(({ key }) => key === 'transfer'));
    expect(asked).toHaveLength(1);
  });

  it('has every picture beside its guide, with a title and a description, in at most 15 kB', () => {
    const shown = (blocks: readonly Block[]): string[] => blocks.flatMap((block) => (block.kind === 'picture' ? [block.file] : []));
    const files = [lab.background, ...lab.steps.flatMap(({ text, why }) => [text, why])].flatMap(shown);
    for (const name of files) {
      const file = pictureFile(lab.stage, name);
      const svg = file === null ? '' : readFileSync(file, 'utf8');
      expect(svg).toMatch(/<title[^>]*>[^<]+<\/title>\s*<desc[^>]*>[^<]+<\/desc>/);
      expect(svg.length).toBeLessThanOrEqual(15_000);
    }
  });

  it('can be answered: every choice by its number, and none twice', () => {
    for (const { question } of lab.steps.flatMap((step) => [...step.predict, ...step.check])) {
      if (question.form.kind !== 'choice') continue;
      const { options } = question.form;
      const answers = options.map((_, index) => parseAnswer(question.form, String(index + 1), false));
      expect(answers).toEqual(options.map(({ value }) => ({ kind: 'answer', answer: { kind: 'choice', value } })));
      expect(new Set(options.map((option) => option.label)).size).toBe(options.length);
    }
  });
});
