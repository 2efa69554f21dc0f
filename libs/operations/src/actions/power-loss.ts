import { defineAction } from '../action.ts';
import { POWER } from '../capabilities.ts';
import { HIT_HOSTS, ONE_HOST_OR_PLACE } from '../fields.ts';
import { hit, hitNames } from '../host-of.ts';

/** A host falls silent, then its programs end: no peer is told, and nobody is refused. Its disk stays as it is. */
export const powerLoss = defineAction({
  name: 'power-loss',
  summary: 'Take the power from a host, or from all in a place: they fall silent, and nobody is told',
  subject: 'host',
  input: ONE_HOST_OR_PLACE,
  result: HIT_HOSTS,
  needs: { power: POWER },
  run: (input, { site, power }) => hit(site, input, (host) => power.lose(host)),
  sentence: (_, hosts) => `${hitNames(hosts)} lost power`,
});
