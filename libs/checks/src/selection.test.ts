import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { selectWithin, type Candidate } from './selection.ts';

const candidate = (name: string, rest: Partial<Candidate> = {}): Candidate => ({
  name,
  changed: false,
  passedAtMs: null,
  takesS: 10,
  ...rest,
});
const names = (candidates: readonly Candidate[]): string[] => candidates.map(({ name }) => name);

describe('what fits into a time', () => {
  it('takes what changed first, then what never passed here, then what passed longest ago', () => {
    const all = [
      candidate('old', { passedAtMs: 1 }),
      candidate('new', { passedAtMs: 2 }),
      candidate('never'),
      candidate('changed', { changed: true }),
    ];
    expect(names(selectWithin(all, 1_000, 'seed').chosen)).toEqual(['changed', 'never', 'old', 'new']);
    expect(names(selectWithin(all, 30, 'seed').chosen)).toEqual(['changed', 'never', 'old']);
    expect(names(selectWithin(all, 30, 'seed').left)).toEqual(['new']);
  });

  it('fills the time with shorter ones where a long one does not fit', () => {
    const all = [candidate('long', { changed: true, takesS: 50 }), candidate('short')];
    expect(names(selectWithin(all, 20, 'seed').chosen)).toEqual(['short']);
  });

  it('never exceeds the time, and loses none', () => {
    const one = fc.record({ changed: fc.boolean(), passedAtMs: fc.option(fc.nat()), takesS: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), fc.nat(600), fc.string(), (rest, withinS, seed) => {
        const all = rest.map((fields, index) => candidate(`e${index}`, fields));
        const { chosen, left } = selectWithin(all, withinS, seed);
        expect(chosen.reduce((sum, { takesS }) => sum + takesS, 0)).toBeLessThanOrEqual(withinS);
        expect(names([...chosen, ...left]).toSorted()).toEqual(names(all).toSorted());
      }),
    );
  });

  it('lets all come round within a few commits on machines that remember nothing', () => {
    const all = Array.from({ length: 12 }, (_, index) => candidate(`e${index}`));
    const seen = new Set<string>();
    for (let commit = 0; commit < 20; commit += 1) for (const name of names(selectWithin(all, 40, `c${commit}`).chosen)) seen.add(name);
    expect(seen.size).toBe(12);
  });

  it('lets all come round one after the other on a machine that remembers', () => {
    let all = Array.from({ length: 12 }, (_, index) => candidate(`e${index}`));
    const counts = new Map<string, number>();
    for (let round = 1; round <= 6; round += 1) {
      const { chosen } = selectWithin(all, 40, `c${round}`);
      for (const name of names(chosen)) counts.set(name, (counts.get(name) ?? 0) + 1);
      all = all.map((one) => (chosen.includes(one) ? { ...one, passedAtMs: round } : one));
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 12 }, () => 2));
  });
});
