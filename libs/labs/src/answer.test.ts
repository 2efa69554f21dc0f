import { describe, expect, it } from '@jest/globals';
import { fits, parseAnswer, type Answer, type Form } from './answer.ts';
import { answerWords, withUnit } from './answer-words.ts';

const tier: Form = {
  kind: 'choice',
  options: [
    { value: 'web', label: 'web tier' },
    { value: 'db', label: 'db-1' },
  ],
};
const load: Form = { kind: 'range', unit: '/s' };
const share: Form = { kind: 'number', unit: '%' };
const ratio: Form = { kind: 'range', unit: '×' };

describe('what was typed', () => {
  it.each<[Form, string, Answer]>([
    [tier, '2', { kind: 'choice', value: 'db' }],
    [tier, 'db', { kind: 'choice', value: 'db' }],
    [tier, ' Web Tier ', { kind: 'choice', value: 'web' }],
    [tier, '3', { kind: 'unsure' }],
    [tier, 'not sure', { kind: 'unsure' }],
    [load, '20-40', { kind: 'range', low: 20, high: 40 }],
    [load, '20–40/s', { kind: 'range', low: 20, high: 40 }],
    [load, '20 to 40', { kind: 'range', low: 20, high: 40 }],
    [load, '20 40', { kind: 'range', low: 20, high: 40 }],
    [load, '1000-1200', { kind: 'range', low: 1000, high: 1200 }],
    [load, '1,250,000-1,300,000', { kind: 'range', low: 1_250_000, high: 1_300_000 }],
    [share, '1,8', { kind: 'number', value: 1.8 }],
    [share, '0,250', { kind: 'number', value: 0.25 }],
    [share, '1,250.5', { kind: 'number', value: 1250.5 }],
    [ratio, '1,5-2,5', { kind: 'range', low: 1.5, high: 2.5 }],
    [load, '?', { kind: 'unsure' }],
    [ratio, '×1.5-2', { kind: 'range', low: 1.5, high: 2 }],
    [ratio, 'x3 x5', { kind: 'range', low: 3, high: 5 }],
    [share, '97 %', { kind: 'number', value: 97 }],
    [share, '97%', { kind: 'number', value: 97 }],
    [share, '0.5', { kind: 'number', value: 0.5 }],
  ])('%j takes “%s”', (form, typed, answer) => {
    expect(parseAnswer(form, typed, true)).toEqual({ kind: 'answer', answer });
    expect(fits(form, answer, true)).toBe(true);
  });

  it.each<[Form, string, boolean]>([
    [tier, '0', true],
    [tier, '4', true],
    [tier, '3', false],
    [tier, 'cache', true],
    [tier, '', true],
    [load, '40-20', true],
    [load, '20', true],
    [load, '20-40-60', true],
    [load, 'many', true],
    [load, '?', false],
    [share, '-3', true],
    [share, 'NaN', true],
    [share, 'Infinity', true],
  ])('%j does not take “%s” (not sure allowed: %s), and says what is needed', (form, typed, maybeUnsure) => {
    expect(parseAnswer(form, typed, maybeUnsure)).toEqual({ kind: 'unclear', say: expect.stringMatching(/\.$/) });
  });
});

describe('a comma that could be either', () => {
  it.each<[Form, string, string]>([
    [share, '1,250', '1.25 or 1250?'],
    [load, '1,000-1,200', '1 or 1000?'],
  ])('%j asks “%s” back', (form, typed, say) => {
    expect(parseAnswer(form, typed, true)).toEqual({ kind: 'unclear', say: expect.stringContaining(say) });
  });
});

describe('what a page sends', () => {
  it.each<[Form, Answer, boolean]>([
    [tier, { kind: 'choice', value: 'cache' }, true],
    [tier, { kind: 'number', value: 1 }, true],
    [load, { kind: 'range', low: 3, high: 2 }, true],
    [load, { kind: 'unsure' }, false],
  ])('is refused by %j when it is %j', (form, answer, maybeUnsure) => {
    expect(fits(form, answer, maybeUnsure)).toBe(false);
  });
});

describe('an answer in words', () => {
  it('has the unit where people write it', () => {
    expect(answerWords(load, { kind: 'range', low: 20, high: 40 })).toBe('20–40/s');
    expect(answerWords(tier, { kind: 'choice', value: 'db' })).toBe('db-1');
    expect(answerWords(share, { kind: 'number', value: 81 })).toBe('81 %');
    expect(answerWords(ratio, { kind: 'unsure' })).toBe('not sure');
    expect(withUnit('1.8', '×')).toBe('×1.8');
    expect(withUnit('7', '')).toBe('7');
  });
});
