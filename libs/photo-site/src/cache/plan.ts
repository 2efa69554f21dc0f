import { readFileSync } from 'node:fs';
import { z } from 'zod';

const HOST = z.object({
  name: z.string().min(1),
  address: z.ipv4(),
  port: z.int().min(1).max(65_535),
  /** How the site signs in; a server without users lets everybody in. */
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
});
const PLAN = z.object({
  hosts: z.array(HOST),
  /** Whether to read through it at all. */
  through: z.boolean(),
  ttlMs: z.number().positive(),
  /** Share of its life that an entry may end earlier, 0–1. */
  jitter: z.number().min(0).max(1),
  /** Whether a write takes out what it makes wrong. */
  invalidate: z.boolean(),
  stampede: z.enum(['off', 'single-flight', 'early-refresh']),
});

/** Which cache servers there are and how to use them; the lab may change it while the site runs. */
export type CachePlan = z.infer<typeof PLAN>;
export type CacheHost = z.infer<typeof HOST>;

export function readCachePlan(file: string): CachePlan {
  return PLAN.parse(JSON.parse(readFileSync(file, 'utf8')));
}
