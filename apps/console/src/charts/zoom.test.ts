import { expect, it } from '@jest/globals';
import { dragged, moved, zoomed } from './zoom.ts';

const WHOLE = { from: 0, to: 100 };

it('shows half around the middle, and all of it again', () => {
  const half = zoomed(WHOLE, null, 0.5, 5);
  expect(half).toEqual({ from: 25, to: 75 });
  expect(zoomed(WHOLE, half, 2, 5)).toBeNull();
});

it('shows no less than the least', () => {
  expect(zoomed(WHOLE, { from: 40, to: 46 }, 0.5, 5)).toEqual({ from: 40.5, to: 45.5 });
});

it('goes on by half of what is shown, and stops at the ends', () => {
  expect(moved(WHOLE, { from: 20, to: 40 }, 1)).toEqual({ from: 30, to: 50 });
  expect(moved(WHOLE, { from: 85, to: 95 }, 1)).toEqual({ from: 90, to: 100 });
  expect(moved(WHOLE, { from: 5, to: 25 }, -1)).toEqual({ from: 0, to: 20 });
});

it('looks at what lies between the ends of a drag, whichever came first, and at nothing outside', () => {
  expect(dragged({ from: 20, to: 40 }, 0.75, 0.25, 1)).toEqual({ from: 25, to: 35 });
  expect(dragged({ from: 20, to: 40 }, 0.5, 1.5, 1)).toEqual({ from: 30, to: 40 });
  expect(dragged({ from: 20, to: 40 }, 0.5, 0.51, 1)).toBeNull();
});
