import { expect, it } from '@jest/globals';
import { markLabels } from './mark-labels.ts';

it('a mark with room beside it says what was done', () => {
  expect(markLabels([{ x: 100, text: 'web-1 lost power' }], 700)).toEqual([{ x: 100, text: '⚑ 1 web-1 lost power' }]);
});

it('one without has only its number', () => {
  const marks = [
    { x: 100, text: 'web-1 lost power' },
    { x: 160, text: 'web-1 is back' },
  ];
  expect(markLabels(marks, 700).map(({ text }) => text)).toEqual(['⚑ 1', '⚑ 2 web-1 is back']);
  expect(markLabels(marks, 200).map(({ text }) => text)).toEqual(['⚑ 1', '⚑ 2']);
});

it('marks on top of each other share a label', () => {
  const marks = [100, 103, 106, 300].map((x) => ({ x, text: 'cache.ttl=1' }));
  expect(markLabels(marks, 700).map(({ x, text }) => [x, text])).toEqual([
    [100, '⚑ 1–3'],
    [300, '⚑ 4 cache.ttl=1'],
  ]);
});
