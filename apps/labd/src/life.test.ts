import { expect, it } from '@jest/globals';
import { lifeOf } from './life.ts';

/** A life whose stop is told by the test, and what became of it. */
function lived(stop: () => Promise<void>): {
  life: ReturnType<typeof lifeOf>;
  reported: string[];
  stops: () => number;
  status: Promise<number>;
} {
  const reported: string[] = [];
  let stops = 0;
  let ended: (status: number) => void = () => {};
  const status = new Promise<number>((resolve) => (ended = resolve));
  const life = lifeOf({
    stop: () => {
      stops += 1;
      return stop();
    },
    exit: (code) => ended(code),
    report: (error) => void reported.push((error as Error).message),
    stopWithinMs: 50,
  });
  return { life, reported, stops: () => stops, status };
}

it('stops what it started, once, then ends with the status that was asked first', async () => {
  const { life, stops, status } = lived(async () => {});
  life.end(0);
  life.end(7);
  expect(await status).toBe(0);
  expect(stops()).toBe(1);
});

it('a crash is reported, and stops what was started', async () => {
  const { life, stops, status, reported } = lived(async () => {});
  life.crash(new Error('no such host'));
  expect(await status).toBe(1);
  expect([stops(), reported]).toEqual([1, ['no such host']]);
});

it('a crash in the middle of an end is reported and does not stop twice', async () => {
  const { life, stops, status, reported } = lived(async () => life.crash(new Error('a listener')));
  life.end(0);
  expect(await status).toBe(0);
  expect([stops(), reported]).toEqual([1, ['a listener']]);
});

it('ends with 1 when the stop fails, and when it hangs', async () => {
  const failed = lived(() => Promise.reject(new Error('left: control group loadstair-1')));
  failed.life.end(0);
  expect([await failed.status, failed.reported]).toEqual([1, ['left: control group loadstair-1']]);
  const hung = lived(() => new Promise(() => {}));
  hung.life.end(0);
  expect([await hung.status, hung.reported]).toEqual([1, ['The stop took too long.']]);
});
