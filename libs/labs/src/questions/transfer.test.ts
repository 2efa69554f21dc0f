import { expect, it } from '@jest/globals';
import { judgementText } from '../question.ts';
import { judge, outcome, pick } from '../testing/judging.ts';
import { transfer } from './transfer.ts';

const spec = {
  options: { more: 'more memory', second: 'a second host' },
  right: 'second',
  because: 'Only a second host can answer meanwhile.',
  means: ['One.', 'Two.'],
  seenIn: { stage: 2, step: 'limit', says: 'step 2' },
} as const;

it('is judged by what follows from the idea, and leads back to the step that showed it', () => {
  const question = transfer(spec);
  expect([outcome(question, pick('second'), null), outcome(question, pick('more'), null)]).toEqual(['right', 'differs']);
  expect(judgementText(question, judge(question, pick('more'), null), 'answered')).toBe(
    'The same idea elsewhere: you answered more memory. The answer: a second host. Only a second host can answer meanwhile. See step 2.',
  );
  expect(judgementText(question, judge(question, pick('second'), null), 'answered')).toBe(
    'The same idea elsewhere: you answered a second host. Only a second host can answer meanwhile.',
  );
  expect(judge(question, pick('more'), null)).toMatchObject({ place: { kind: 'step', stage: 2, step: 'limit' }, because: [spec.because] });
});

it('has its right answer among its options', () => {
  expect(() => transfer({ ...spec, right: 'third' })).toThrow('third is none of more, second.');
});
