import { defineAction } from '../action.ts';
import { POWER } from '../capabilities.ts';
import { HIT_HOSTS, ONE_HOST_OR_PLACE } from '../fields.ts';
import { hit, hitNames } from '../host-of.ts';

/** A host falls silent, then its programs end: no peer is told, and nobody is refused. Its disk stays as it is. */
export const powerLoss = defineAction({
  name: 'power-loss',
  summary: 'Cut the power of a host, or of all hosts in a place: they fall silent without closing connections',
  subject: 'host',
  input: ONE_HOST_OR_PLACE,
  result: HIT_HOSTS,
  needs: { power: POWER },
  run: (input, { site, power }) => hit(site, input, (host) => power.lose(host)),
  sentence: (_, hosts) => `${hitNames(hosts)} lost power`,
});
