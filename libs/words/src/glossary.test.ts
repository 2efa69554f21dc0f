import { expect, it } from '@jest/globals';
import { GLOSSARY, meaningOf } from './glossary.ts';
import { wordingOf } from './wording.ts';

it('has each term and each other form of a term once', () => {
  const forms = GLOSSARY.flatMap(({ term, also = [] }) => [term, ...also]).map((form) => form.toLowerCase());
  expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([]);
});

it('explains each term in whole sentences, in its own words', () => {
  expect(GLOSSARY.length).toBeGreaterThan(50);
  for (const { meaning } of GLOSSARY) {
    expect(meaning).toMatch(/^[A-Z].*[.]$/);
    expect(meaning.length).toBeLessThan(190);
    expect(wordingOf(meaning)).toEqual([]);
  }
});

it('finds a meaning by any form of its term', () => {
  expect(meaningOf('Throttled')).toBe(meaningOf('throttling'));
  expect(meaningOf('throttled')).toContain('100 ms');
  expect(meaningOf('no such word')).toBeNull();
});
