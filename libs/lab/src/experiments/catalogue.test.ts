import { describe, expect, it } from '@jest/globals';
import { profileByName, profiles } from '@loadstair/load';
import { resize } from '@loadstair/operations';
import { experiments, topologyOf } from '@loadstair/stages';

/** Journeys that sign in: the balancer pins them to a server, and the server's death signs them out. */
const SIGNED_IN = ['engage', 'upload', 'buy', 'return'];
const known = new Set([
  'showcase',
  'page',
  'page-document',
  'rename',
  'rename-document',
  ...profiles.flatMap(({ journeys }) => Object.keys(journeys)),
]);

describe.each(experiments().map((experiment) => ({ name: experiment.name, experiment })))('the load of $name', ({ experiment }) => {
  const own = profileByName(experiment.profile).journeys;
  const mixes = experiment.phases.map(({ journeys }) => journeys ?? (own as Readonly<Record<string, number>>));

  it('is of journeys there are, all of it', () => {
    for (const mix of mixes) {
      for (const journey of Object.keys(mix)) expect(known).toContain(journey);
      expect(Object.values(mix).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    }
  });

  it('needs no session where web servers come and go', () => {
    const { tiers } = topologyOf(experiment);
    const isWeb = (name: string): boolean => tiers.find((tier) => tier.name === name)?.components.includes('site') === true;
    const changes = experiment.phases
      .flatMap(({ actions = [] }) => actions)
      .some((action) => resize.inputOf(action) === null && isWeb(String(action.input['tier'])));
    if (!changes) return expect(changes).toBe(false);
    for (const mix of mixes) expect(Object.keys(mix).filter((journey) => SIGNED_IN.includes(journey))).toEqual([]);
  });
});
