import { expect, it } from '@jest/globals';
import { timeAxis } from './time-axis.ts';

it('is even where something goes on all the time', () => {
  const { at, cuts } = timeAxis({ fromMs: 100, toMs: 300 }, [{ fromMs: 100, toMs: 300 }]);
  expect([100, 150, 300].map(at)).toEqual([0, 0.25, 1]);
  expect(cuts).toEqual([]);
});

it('keeps idle time that is no longer than three times what was done', () => {
  const { cuts } = timeAxis({ fromMs: 0, toMs: 500 }, [
    { fromMs: 0, toMs: 100 },
    { fromMs: 400, toMs: 500 },
  ]);
  expect(cuts).toEqual([]);
});

it('cuts a long wait short, and leaves the rest of the axis to what was done', () => {
  const { at, cuts } = timeAxis({ fromMs: 0, toMs: 10_000 }, [
    { fromMs: 0, toMs: 100 },
    { fromMs: 50, toMs: 80 },
    { fromMs: 9_900, toMs: 10_000 },
  ]);
  expect(cuts).toEqual([{ fromMs: 100, toMs: 9_900, at: 0.48 }]);
  expect(at(100)).toBeCloseTo(0.48);
  expect(at(5_000)).toBeCloseTo(0.5);
  expect(at(9_900)).toBeCloseTo(0.52);
  expect(at(10_000)).toBeCloseTo(1);
});
