import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressPlan, inInstance, MAX_PLACES, NoBlockLeft } from './address-plan.ts';
import { MAX_NUMBER, NoNumberLeft } from './numbers.ts';

const PLACES = Array.from({ length: MAX_PLACES }, (_, index) => `place-${String.fromCharCode(97 + index)}`);

describe('the address plan', () => {
  it('gives every use of every place addresses of its own', () => {
    const plan = addressPlan(7, PLACES);
    const all = PLACES.flatMap((place) => [
      ...[1, MAX_NUMBER].flatMap((number) => [plan.host(place, number), plan.door(place, number), plan.way(place, number)]),
      plan.clients(place).visitor,
      plan.clients(place).dialler,
    ]);
    expect(new Set([...all, plan.lab]).size).toBe(all.length + 1);
    expect(all.every((address) => address.startsWith('127.7.') && address.split('.').every((byte) => Number(byte) <= 255))).toBe(true);
  });

  it('tells the place of a client, and of nobody else', () => {
    const plan = addressPlan(7, ['east', 'west']);
    fc.assert(
      fc.property(fc.constantFrom('east', 'west'), (place) => {
        expect(plan.placeOfClient(plan.clients(place).visitor)).toBe(place);
        expect(plan.placeOfClient(plan.host(place, 3))).toBeNull();
        expect(plan.placeOfClient(inInstance(plan.clients(place).visitor, 8))).toBeNull();
      }),
    );
    expect(plan.clients('west')).toEqual({
      network: '127.7.201.0/24',
      generator: '127.7.201.1-127.7.201.20',
      visitor: '127.7.201.250',
      dialler: '127.7.201.1',
    });
  });

  it('refuses by name what it has no room for', () => {
    expect(() => addressPlan(7, [...PLACES, 'one-more'])).toThrow(NoBlockLeft);
    expect(() => addressPlan(7, ['east']).host('east', MAX_NUMBER + 1)).toThrow(NoNumberLeft);
    expect(() => addressPlan(7, ['east']).door('east', 0)).toThrow(NoNumberLeft);
    expect(() => addressPlan(7, ['east']).host('west', 1)).toThrow('Unknown place west. Places are east.');
  });
});
