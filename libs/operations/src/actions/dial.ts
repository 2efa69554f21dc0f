import { z } from 'zod';
import { defineAction } from '../action.ts';
import { CLIENTS } from '../capabilities.ts';
import { HOST, MANY_HOSTS } from '../fields.ts';
import { hostsOf } from '../host-of.ts';

/** A client connects: to the private address of every host of a tier or in a place, or to every public address. */
export const dial = defineAction({
  name: 'dial',
  summary: 'Connect as a client to the private addresses of a tier or a place, or to the public ones',
  subject: 'site',
  input: z.strictObject({ to: z.union([...MANY_HOSTS.options, z.literal('public')]) }),
  result: z.object({
    dials: z.array(z.object({ host: HOST, address: z.string(), answer: z.string() })).readonly(),
  }),
  needs: { clients: CLIENTS },
  async run({ to }, { site, clients }) {
    const { hosts } = site.placement;
    const chosen =
      to === 'public'
        ? hosts.flatMap((host) => (host.publicAddress === null ? [] : [{ host: host.name, address: host.publicAddress }]))
        : hosts.filter(({ name }) => hostsOf(site, to).includes(name)).map((host) => ({ host: host.name, address: host.address }));
    const dials = await Promise.all(chosen.map(async ({ host, address }) => ({ host, ...(await clients.dial(address)) })));
    return { dials };
  },
  sentence: ({ to }) =>
    `a client connected to ${to === 'public' ? 'the public address' : `${'tier' in to ? `the ${to.tier} tier’s` : `${to.place}’s`} private addresses`}`,
});
