import { defineAction } from '../action.ts';
import { MACHINES } from '../capabilities.ts';
import { HIT_HOSTS, ONE_HOST_OR_PLACE } from '../fields.ts';
import { hit, hitNames } from '../host-of.ts';

/**
 * The programs of a host end at once (SIGKILL), and the kernel answers for them: peers are told that connections are closed, and who
 * connects is refused. Of a tier it is the first living host, of databases one that plays the tier's part now; of a place they all are.
 */
export const crash = defineAction({
  name: 'crash',
  summary: 'Kill the programs of a host, or of all hosts in a place; the kernel refuses new connections',
  subject: 'host',
  input: ONE_HOST_OR_PLACE,
  result: HIT_HOSTS,
  needs: { machines: MACHINES },
  run: (input, { site, machines }) => hit(site, input, (host) => machines.crash(host)),
  sentence: (_, hosts) => `${hitNames(hosts)} crashed`,
});
