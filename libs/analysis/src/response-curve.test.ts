import { random } from '@loadstair/kit';
import { describe, expect, it } from '@jest/globals';
import { crossingOf, type ResponsePoint } from './response-curve.ts';

const ALLOWED = 0.05;
const TRUE_LOAD = 100;

/** Share over the SLO at a load, where 5 % is crossed at 100 arrivals/s. */
function shareAt(load: number, slope = 22): number {
  return 1 / (1 + Math.exp(-(Math.log(ALLOWED / (1 - ALLOWED)) + slope * Math.log(load / TRUE_LOAD))));
}

function point(load: number, over = shareAt(load)): ResponsePoint {
  return { load, answer: { kind: 'share', over, requests: 1500 } };
}

const around = [94, 98, 100, 102, 106];

describe('crossingOf', () => {
  it('finds where an exact curve crosses, whatever its slope', () => {
    for (const slope of [14, 22, 30]) {
      const { load } = crossingOf(
        around.map((offered) => point(offered, shareAt(offered, slope))),
        ALLOWED,
      );
      expect(Math.abs(load / TRUE_LOAD - 1)).toBeLessThan(0.01);
    }
  });

  it('asks nothing of the order of trials', () => {
    const one = crossingOf(
      around.map((load) => point(load)),
      ALLOWED,
    );
    const other = crossingOf(
      around.toReversed().map((load) => point(load)),
      ALLOWED,
    );
    expect(other.load).toBeCloseTo(one.load, 9);
  });

  it('is surer of more trials, and less sure of such that contradict each other', () => {
    const width = (points: readonly ResponsePoint[]): number => {
      const [low, high] = crossingOf(points, ALLOWED).interval(0.95);
      return Math.log(high / low);
    };
    const few = around.map((load) => point(load));
    const many = [...few, ...few.map(({ load }) => point(load * 1.01))];
    expect(width(many)).toBeLessThan(0.85 * width(few));
    // What lay 6 % above the crossing looks as if it lay 10 % below, and the other way round.
    const contradicting = [point(94, shareAt(110)), point(98), point(100), point(102), point(106, shareAt(90))];
    expect(width(contradicting)).toBeGreaterThan(1.3 * width(few));
  });

  it('is not dragged away by one trial that met a slow spell', () => {
    const spoiled = [...around.map((load) => point(load)), point(90, 0.4)];
    expect(Math.abs(crossingOf(spoiled, ALLOWED).load / TRUE_LOAD - 1)).toBeLessThan(0.03);
  });

  it('lies above all that held, and knows less of how far', () => {
    const held = crossingOf([point(60, 0), point(70, 0), point(80, 0)], ALLOWED);
    const [low, high] = held.interval(0.95);
    expect(low).toBeGreaterThan(78);
    expect(Math.log(high / low)).toBeGreaterThan(0.15);
  });

  it('lies between the sides where latency tells nothing', () => {
    const side = (load: number, holds: boolean): ResponsePoint => ({ load, answer: { kind: 'side', holds } });
    const crossing = crossingOf([side(80, true), side(90, true), side(95, true), side(105, false), side(110, false)], ALLOWED);
    expect(crossing.load).toBeGreaterThan(95);
    expect(crossing.load).toBeLessThan(105);
    const [low, high] = crossing.interval(0.95);
    expect(low).toBeLessThan(95);
    expect(high).toBeGreaterThan(105);
  });

  it('covers the truth in 90 to 99 of 100 searches whose trials scatter by 4 %', () => {
    const next = random(7);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const searches = 200;
    let covered = 0;
    for (let search = 0; search < searches; search += 1) {
      const points = around.map((load) => {
        const share = shareAt(load * Math.exp(0.04 * normal()));
        // Requests over the SLO come in bursts of ten.
        const bursts = Array.from({ length: 150 }, () => (next() < share ? 1 : 0)).reduce<number>((sum, one) => sum + one, 0);
        return point(load, bursts / 150);
      });
      const [low, high] = crossingOf(points, ALLOWED).interval(0.95);
      if (low <= TRUE_LOAD && TRUE_LOAD <= high) covered += 1;
    }
    expect(covered / searches).toBeGreaterThanOrEqual(0.9);
    expect(covered / searches).toBeLessThanOrEqual(0.99);
  });
});
