import { isIP } from 'node:net';
import { checkEnv, LISTEN, PROGRAM_SETTINGS, programConfigOf, type Env, type ProgramConfig } from '@loadstair/program';
import type { SeedSize, SiteSettings } from '@loadstair/photo-site';
import { z } from 'zod';

export interface SiteConfig {
  readonly program: ProgramConfig;
  readonly site: SiteSettings;
}

/** An address, or a block of addresses such as `10.0.0.0/8`. */
function isBlock(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits);
}

const SETTINGS = z.object({
  ...PROGRAM_SETTINGS.shape,
  SITE_LISTEN: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(LISTEN).min(1)),
  SITE_POOL: z.coerce.number().int().min(1).max(500).default(20),
  SITE_BUSINESS: z.enum(['on', 'off']).default('off'),
  SITE_LAB_DAY_SECONDS: z.coerce.number().int().min(1).default(60),
  SITE_CLIENT_RATE: z.coerce.number().int().min(1).default(500),
  SITE_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').filter((block) => block !== ''))
    .pipe(z.array(z.string().refine(isBlock, 'must be addresses or blocks of addresses, such as 10.0.0.0/8')))
    .default([]),
  SITE_FAULT_BLOCK_MS: z.coerce.number().int().min(0).max(500).default(0),
  SITE_FAULT_CHURN_KIB: z.coerce.number().int().min(0).max(4096).default(0),
});

/** @throws BadConfig that names every wrong setting */
export function configFrom(env: Env): SiteConfig {
  const settings = checkEnv('site', SETTINGS, env);
  return {
    program: programConfigOf(settings),
    site: {
      listen: settings.SITE_LISTEN,
      pool: settings.SITE_POOL,
      business: settings.SITE_BUSINESS === 'on',
      labDayS: settings.SITE_LAB_DAY_SECONDS,
      requestsPerSecondOfClient: settings.SITE_CLIENT_RATE,
      trustedProxies: settings.SITE_TRUSTED_PROXIES,
      faults: { blockMs: settings.SITE_FAULT_BLOCK_MS, churnKiB: settings.SITE_FAULT_CHURN_KIB },
    },
  };
}

const SEED = z.object({
  SITE_DATABASE: z.string().startsWith('postgres://'),
  SITE_SEED_USERS: z.coerce.number().int().min(100).default(20_000),
  SITE_SEED_PHOTOS: z.coerce.number().int().min(100).default(60_000),
});

/** @throws BadConfig that names every wrong setting */
export function seedConfigFrom(env: Env): { readonly databaseUrl: string; readonly size: SeedSize } {
  const { SITE_DATABASE, SITE_SEED_USERS, SITE_SEED_PHOTOS } = checkEnv('seed', SEED, env);
  return { databaseUrl: SITE_DATABASE, size: { users: SITE_SEED_USERS, photos: SITE_SEED_PHOTOS } };
}
