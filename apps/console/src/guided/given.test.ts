import { describe, expect, it } from '@jest/globals';
import type { Form } from '@loadstair/labs';
import { answerOf, NOTHING_GIVEN, type Given } from './given.ts';

const choice: Form = { kind: 'choice', options: [{ value: 'db', label: 'db-1' }] };
const range: Form = { kind: 'range', unit: '/s' };
const number: Form = { kind: 'number', unit: '%' };
const given = (some: Partial<Given>): Given => ({ ...NOTHING_GIVEN, ...some });

describe('an answer', () => {
  it.each([
    [choice, { choice: 'db' }, { kind: 'choice', value: 'db' }],
    [range, { low: '20', high: '40' }, { kind: 'range', low: 20, high: 40 }],
    [range, { low: '20,5', high: ' 40 ' }, { kind: 'range', low: 20.5, high: 40 }],
    [number, { number: '97' }, { kind: 'number', value: 97 }],
    [range, { unsure: true }, { kind: 'unsure' }],
  ])('%# is read from its fields', (form, some, answer) => {
    expect(answerOf(form, given(some))).toEqual(answer);
  });

  it.each([
    [choice, {}],
    [range, { low: '20' }],
    [range, { low: '40', high: '20' }],
    [number, { number: 'much' }],
    [number, { number: '-1' }],
    [number, { number: '' }],
  ])('%# is not whole yet', (form, some) => {
    expect(answerOf(form, given(some))).toBeNull();
  });
});
