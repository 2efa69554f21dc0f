import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { classGain, classGainText, gainText, normalisedGain, type TestQuestion } from './knowledge-test.ts';
import { createTestDesk, type TestDesk } from './test-desk.ts';

const OPTIONS = ['more', 'less', 'same'].map((value) => ({ value, label: `It is ${value}.` }));
const QUESTIONS: readonly TestQuestion[] = ['one', 'two', 'three', 'four'].map((key) => ({
  key,
  ask: `What of ${key}?`,
  options: OPTIONS,
  right: 'same',
  because: `That is ${key}.`,
}));

let folder: string;
let desk: TestDesk;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-test-'));
  desk = createTestDesk(folder, QUESTIONS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the test', () => {
  it('is taken twice, and tells nothing of what is right before that', () => {
    expect(desk.view('anna')).toMatchObject({ moment: 'before', result: null });
    const once = desk.take('anna', { one: 'same', two: 'more', three: null });
    expect(once).toMatchObject({ moment: 'after', result: null });
    expect(JSON.stringify(once)).not.toContain('That is');
    const twice = desk.take('anna', { one: 'same', two: 'same', three: 'same', four: 'less' });
    expect(twice).toMatchObject({
      moment: 'done',
      result: {
        gain: 'Test: 25 % right before, 75 % after. Normalised gain 0.67 (1 is all that could be learned).',
        missed: [{ ask: 'What of four?', right: 'It is same.', because: 'That is four.' }],
      },
    });
    expect(() => desk.take('anna', {})).toThrow('you have already taken it before and after the labs');
    expect(desk.marks('anna')).toEqual({
      before: { one: true, two: false, three: false, four: false },
      after: { one: true, two: true, three: true, four: false },
    });
  });

  it.each([
    [{ five: 'same' }, 'it has no question five'],
    [{ one: 'perhaps' }, 'one takes more, less, same'],
  ])('does not take %j', (answers, why) => {
    expect(() => desk.take('anna', answers)).toThrow(why);
    expect(desk.view('anna').moment).toBe('before');
  });
});

describe('normalised gain', () => {
  it('is what was learned of what could be learned', () => {
    expect(normalisedGain(0.4, 0.7)).toBeCloseTo(0.5);
    expect(normalisedGain(0.5, 0.25)).toBeCloseTo(-0.5);
    expect(normalisedGain(1, 1)).toBeNull();
    expect(gainText(null, { one: true })).toBeNull();
  });

  it('of a class is that of its means, over those who took the test twice', () => {
    const taken = [
      { before: { a: false, b: false }, after: { a: true, b: true } },
      { before: { a: true, b: false }, after: { a: true, b: false } },
      { before: { a: true, b: true }, after: null },
    ];
    expect(classGain(taken)).toEqual({ learners: 2, before: 0.25, after: 0.75, gain: expect.closeTo(2 / 3) });
    expect(classGainText(taken)).toBe(
      'Test, 2 learners who took it twice: 25 % right before, 75 % after. Normalised gain of the class 0.67 (Hake 1998).',
    );
    expect(classGainText([])).toBeNull();
  });
});
