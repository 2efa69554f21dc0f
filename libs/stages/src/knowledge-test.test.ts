import { expect, it } from '@jest/globals';
import { KNOWLEDGE_TEST } from './knowledge-test.ts';

it('has ten questions, each with a right answer among several, and no place that is right more often than by chance', () => {
  expect(KNOWLEDGE_TEST).toHaveLength(10);
  expect(new Set(KNOWLEDGE_TEST.map(({ key }) => key)).size).toBe(10);
  for (const { options, right } of KNOWLEDGE_TEST) {
    expect(options.map(({ value }) => value)).toContain(right);
    expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
  }
  const places = KNOWLEDGE_TEST.map(({ options, right }) => options.findIndex(({ value }) => value === right));
  for (const place of [0, 1, 2]) expect(places.filter((one) => one === place).length).toBeLessThanOrEqual(6);
});
