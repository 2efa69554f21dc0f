import { expect, it } from '@jest/globals';
import { parseAnswer } from '@loadstair/labs';
import { recordedOutcome } from '@loadstair/labs/testing';
import { labs } from '@loadstair/stages';
import { shownValues } from './outcome-values.ts';

/** Experiments of labs that were recorded. */
const RECORDED = [
  'cache-dies',
  'cache-saves',
  'edge-dies',
  'fill-and-expire',
  'rare-files',
  'replica-dies',
  'slow-link',
  'slow-link-sync',
  'stale-hits',
] as const;

it.each(RECORDED)('what %s shows answers the checks of its step', (name) => {
  const { outcome } = recordedOutcome(`${name}-quick`);
  if (outcome === null) throw new Error('the recorded experiment has an outcome');
  const step = labs.flatMap(({ steps }) => steps).find(({ action }) => action.kind === 'experiment' && action.experiment.name === name);
  if (step?.action.kind !== 'experiment') throw new Error(`No lab runs ${name}.`);
  const shown = shownValues(outcome);
  const { topology, action } = step;
  const seen = { topology, ran: { kind: 'experiment' as const, id: 'rec1', experiment: action.experiment, outcome }, earlier: () => null };
  const asked = step.check.filter(({ key }) => key !== 'transfer');
  expect(Object.keys(shown)).toEqual(asked.map(({ key }) => key));
  for (const { key, question } of asked) {
    const parsed = parseAnswer(question.form, shown[key] ?? '', false);
    expect([key, parsed.kind === 'answer' ? question.judge(parsed.answer, seen).outcome : parsed.say]).toEqual([key, 'right']);
  }
});

it('gives nothing of an experiment that no check reads', () => {
  const { outcome } = recordedOutcome('around-the-balancer-quick');
  expect(outcome === null ? null : shownValues(outcome)).toEqual({});
});
