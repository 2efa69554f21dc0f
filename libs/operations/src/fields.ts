import { z } from 'zod';

/** What inputs and results of actions are made of. */
export const HOST = z.string().min(1).max(60);
export const TIER = z.string().min(1).max(40);

export const PLACE = z.string().min(1).max(40);

/** A group of databases, which may be left out where there is only one. */
export const GROUP = z.string().min(1).max(60).optional();

/** One host by its name, or one of a tier: which of them depends on what happened to the site before. */
export const ONE_HOST = z.union([z.strictObject({ host: HOST }), z.strictObject({ tier: TIER })]);

/** One host, or all at once that are up in a place. */
export const ONE_HOST_OR_PLACE = z.union([...ONE_HOST.options, z.strictObject({ place: PLACE })]);

/** The host, and of a place the others too. */
export const HIT_HOSTS = z.object({ host: HOST, others: z.array(HOST).readonly().optional() });

/** All hosts of a tier, or all that stand in a place. */
export const MANY_HOSTS = z.union([z.strictObject({ tier: TIER }), z.strictObject({ place: PLACE })]);

/** A path as clients ask for it, query and all. */
export const PATH = z
  .string()
  .max(500)
  .regex(/^\/[\w\-./?=&%]*$/, 'is not a path');

/** Nothing comes of it but that it is done. */
export const NOTHING = z.object({});
