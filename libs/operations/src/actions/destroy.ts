import { defineAction } from '../action.ts';
import { POWER } from '../capabilities.ts';
import { HIT_HOSTS, ONE_HOST_OR_PLACE } from '../fields.ts';
import { hit, hitNames } from '../host-of.ts';

/** A host falls silent for good: what was on its disk can be recovered from nowhere. */
export const destroy = defineAction({
  name: 'destroy',
  summary: 'Cut the power of a host, or of all hosts in a place, and destroy their disks',
  subject: 'host',
  input: ONE_HOST_OR_PLACE,
  result: HIT_HOSTS,
  needs: { power: POWER },
  run: (input, { site, power }) => hit(site, input, (host) => power.destroy(host)),
  sentence: (_, { host, others = [] }) =>
    others.length === 0 ? `${host} was destroyed with its disk` : `${hitNames({ host, others })} were destroyed with their disks`,
});
