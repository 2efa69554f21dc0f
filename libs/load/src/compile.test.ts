import { describe, expect, it } from '@jest/globals';
import { profiles, type Profile } from '@loadstair/loadprofiles';
import { compileSearch, compileSteps, K6SettingInEnvironment, refuseK6Settings } from './compile.ts';
import type { UnknownProfile } from './profile-by-name.ts';
import { profileByName } from './profile-by-name.ts';

const plain = { predicted: 100, scale: 1, quick: false };
const shape = (profile: Profile, options = plain): (readonly [number, number, number])[] =>
  compileSteps(profile, options).steps.map((step) => [step.index, step.rate, step.holdS]);

describe('compileSearch', () => {
  const rates = (predicted: number, scale = 1): readonly number[] => compileSearch({ predicted, scale }).steps.map(({ rate }) => rate);

  it('climbs on one ladder, whatever was predicted, so that searches meet at the same loads', () => {
    // Powers of 1.3: 1.3¹³ = 30.29, 1.3¹⁴ = 39.37, …
    expect(rates(60).slice(0, 4)).toEqual([30.3, 39.4, 51.2, 66.5]);
    expect(rates(55)).toEqual(rates(60));
    const [small, big] = [rates(60), rates(100)];
    expect(big.filter((rate) => small.includes(rate)).length).toBeGreaterThanOrEqual(7);
  });

  it('begins at 46 to 60 % of what was predicted, and goes far enough beyond it', () => {
    for (const predicted of [7, 25, 60, 61, 75.5, 240]) {
      const [lowest = 0] = rates(predicted);
      expect(lowest / predicted).toBeGreaterThan(0.45);
      expect(lowest / predicted).toBeLessThanOrEqual(0.61);
      expect(rates(predicted).at(-1)).toBeGreaterThan(4 * predicted);
    }
    expect(rates(60, 0.5)).toEqual(rates(30));
  });
});

describe('compileSteps', () => {
  it('climbs in shares of what was predicted and comes one step back', () => {
    const { steps, endsAfter, back, idleS } = compileSteps(profileByName('mixed'), plain);
    // By hand: 100 · 0.35 · 1.2ⁿ, in tenths.
    expect(steps.map((step) => step.rate)).toEqual([
      35, 42, 50.4, 60.5, 72.6, 87.1, 104.5, 125.4, 150.5, 180.6, 216.7, 260.1, 312.1, 374.5,
    ]);
    expect(steps.map((step) => step.index)).toEqual(steps.map((_, index) => index + 1));
    expect(new Set(steps.map((step) => `${step.kind} ${step.holdS} ${step.settleS}`))).toEqual(new Set(['load 15 3']));
    expect({ endsAfter, back, idleS }).toEqual({ endsAfter: 'two-failures', back: { share: 0.6, holdS: 15, settleS: 3 }, idleS: 5 });
  });

  it('has loads below the first, should not even that one hold', () => {
    // By hand: 35 · 0.7, 0.5, 0.35, then halves of that, and 1/s at last.
    expect(compileSteps(profileByName('mixed'), plain).lower.map((step) => step.rate)).toEqual([24.5, 17.5, 12.2, 6.1, 3.1, 1.5, 1]);
    expect(compileSteps(profileByName('mixed'), { ...plain, predicted: 4 }).lower.map((step) => step.rate)).toEqual([1]);
    expect(compileSteps(profileByName('mixed'), { ...plain, predicted: 2 }).lower).toEqual([]);
    expect(compileSteps(profileByName('spike'), plain).lower).toEqual([]);
  });

  it('continue above the last step as they climbed, up to eight times what was predicted', () => {
    const { steps, higher } = compileSteps(profileByName('mixed'), { predicted: 10, scale: 1, quick: true });
    expect(higher.map(({ rate }) => rate)).toEqual([40.9, 55.2, 74.5]);
    expect(higher.map(({ index }) => index)).toEqual([1, 2, 3].map((more) => steps.length + more));
    expect(compileSteps(profileByName('spike'), plain).higher).toEqual([]);
  });

  it('climbs in fewer, shorter steps when quick', () => {
    const { steps, endsAfter } = compileSteps(profileByName('mixed'), { ...plain, quick: true });
    // By hand: 100 · 0.5 · 1.35ⁿ, in tenths.
    expect(steps.map((step) => step.rate)).toEqual([50, 67.5, 91.1, 123, 166.1, 224.2, 302.7]);
    expect(endsAfter).toBe('clear-failure');
  });

  it('makes steps longer where few arrivals would come, within bounds', () => {
    const steps = compileSteps(profileByName('mixed'), { ...plain, predicted: 30 }).steps;
    // 10.5/s · 26 s is the longest; 300 arrivals at 18.1/s take 17 s, and 3 s settle; from 25/s on 15 s hold enough.
    expect(steps.slice(0, 6).map((step) => step.holdS)).toEqual([26, 26, 23, 20, 17, 15]);
  });

  it('runs every step of a relative profile', () => {
    expect(shape(profileByName('spike'))).toEqual([
      [1, 40, 20],
      [2, 150, 15],
      [3, 40, 30],
    ]);
    expect(compileSteps(profileByName('spike'), plain)).toMatchObject({ endsAfter: null, back: null });
    expect(shape(profileByName('spike'), { ...plain, quick: true }).map(([, , holdS]) => holdS)).toEqual([20, 15, 20]);
  });

  it('offers a fixed load whatever was predicted, times the scale', () => {
    expect(shape(profileByName('smoke'), { ...plain, predicted: 7 })).toEqual([[1, 5, 45]]);
    expect(shape(profileByName('smoke'), { ...plain, scale: 2.5 })).toEqual([[1, 12.5, 45]]);
    expect(shape(profileByName('average'), { ...plain, scale: 0.5 })).toEqual([[1, 25, 60]]);
  });

  it('never offers nothing, and only tenths: k6 takes whole numbers in ten seconds', () => {
    for (const profile of profiles) {
      for (const { rate } of compileSteps(profile, { predicted: 0.01, scale: 0.01, quick: false }).steps) {
        expect(rate).toBeGreaterThanOrEqual(0.1);
        expect(rate * 10).toBeCloseTo(Math.round(rate * 10), 9);
      }
    }
  });
});

describe('the environment', () => {
  it.each(['K6_VUS', 'K6_DURATION', 'K6_ITERATIONS', 'K6_STAGES', 'K6_RPS', 'K6_OUT'])('must not hold %s', (name) => {
    expect(() => refuseK6Settings({ PATH: '/bin', [name]: '1' })).toThrow(K6SettingInEnvironment);
    try {
      refuseK6Settings({ [name]: '' });
      throw new Error('nothing was thrown');
    } catch (error) {
      expect(error).toMatchObject({ what: `${name} is set in the environment.`, exit: 2, code: 'E_K6_ENV' });
      expect((error as K6SettingInEnvironment).do).toContain(`unset ${name}`);
      expect((error as K6SettingInEnvironment).why).toContain('instead of the profile’s steps');
    }
  });

  it('may hold anything else', () => {
    expect(() => refuseK6Settings({ PATH: '/bin', K6_NO_USAGE_REPORT: 'true' })).not.toThrow();
  });
});

describe('the stored profiles', () => {
  it.each(profiles.map((profile) => [profile.name, profile] as const))('%s is whole', (_name, profile) => {
    const shares = Object.values(profile.journeys);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(shares.every((share) => share > 0)).toBe(true);
    expect(profile.slo.quantile).toBeLessThan(1);
    expect(profile.purpose).toMatch(/[.?]$/);
    for (const quick of [false, true]) {
      for (const step of compileSteps(profile, { ...plain, quick }).steps) expect(step.holdS).toBeGreaterThanOrEqual(2 * step.settleS);
    }
  });

  it('have names of their own', () => {
    expect(new Set(profiles.map((profile) => profile.name)).size).toBe(profiles.length);
  });

  it('suggest the one that was meant', () => {
    const error = ((): UnknownProfile => {
      try {
        profileByName('raeds');
      } catch (thrown) {
        return thrown as UnknownProfile;
      }
      throw new Error('nothing was thrown');
    })();
    expect(error).toMatchObject({ what: 'Unknown profile raeds.', do: '--profile reads', exit: 2 });
    expect(error.why).toContain('mixed, shared-host');
  });
});
