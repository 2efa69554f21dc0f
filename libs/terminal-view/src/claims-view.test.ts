import { describe, expect, it } from '@jest/globals';
import { claimsOf, type Trial } from '@loadstair/verify';
import { claimLines, trialLine } from './claims-view.ts';
import { plainStream } from './io.ts';

const out = plainStream(() => {});
const ABOUT = 'database CPU of an arrival: started again against warm, in both phases';

function trial(ratio: number, given: Partial<Trial> = {}): Trial {
  return {
    experiment: 'cache-restarts',
    inputs: 'same',
    seed: 1,
    run: 'ab12',
    kind: ratio <= 2 ? 'held' : 'not-held',
    refusals: [],
    results: [
      { about: 'no request fails: warm', measured: '', holds: true, bounds: [{ value: 0, bound: 0, side: 'most' }] },
      { about: ABOUT, measured: '', holds: ratio <= 2, bounds: [{ value: ratio, bound: 2, side: 'most' }] },
      { about: 'the answers are the same', measured: '', holds: true, bounds: [] },
    ],
    ...given,
  };
}

describe('a trial', () => {
  it('is a line, with how often it was refused', () => {
    expect(trialLine(trial(1), { trial: 3, trials: 10 }, out)).toBe('✓ 3/10 cache-restarts: 3 of 3 met   run ab12');
    expect(trialLine(trial(3, { refusals: ['GEN_CPU'] }), { trial: 4, trials: 10 }, out)).toBe(
      '✗ 4/10 cache-restarts: 2 of 3 met, refused 1×   run ab12',
    );
  });
});

describe('claims', () => {
  const lines = (...trials: readonly Trial[]): string[] => claimLines([claimsOf('cache-restarts', trials)], out);
  const rowOf = (about: string, ...trials: readonly Trial[]): string =>
    lines(...trials)
      .find((line) => line.includes(about))
      ?.replaceAll(/\s+/g, ' ') ?? '';

  it('say how often each held and how far it was from failing, on 80 columns', () => {
    const shown = lines(trial(1.6), trial(1.4, { refusals: ['GEN_CPU', 'GEN_CPU'] }));
    for (const line of shown) expect([...line].length).toBeLessThanOrEqual(80);
    expect(shown).toContain('cache-restarts: 2 trials, 2 runs refused');
    expect(rowOf('database CPU', trial(1.6), trial(1.4))).toContain('2/2 1.5 ± 0.141 ≤ 2 3.5 sd');
    expect(rowOf('no request', trial(1.6), trial(1.4))).toContain('2/2 0 ± 0 ≤ 0 exact');
    expect(rowOf('the answers', trial(1.6), trial(1.4))).toContain('2/2 – – –');
    expect(shown.join(' ')).toContain('3 of 3 expectations always met, 3 with 3 sd or more');
  });

  it('are marked when they lie near their bound, and when they did not hold', () => {
    expect(rowOf('database CPU', trial(1.4), trial(1.9))[0]).toBe('▲');
    expect(rowOf('database CPU', trial(1.4), trial(2.1))[0]).toBe('✗');
    expect(lines(trial(1.4), trial(2.1)).at(-1)).toContain('0 of 1 experiments met all theirs');
  });
});
