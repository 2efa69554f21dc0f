import { isIP, isIPv4 } from 'node:net';
import type { Consistency, Listen, SeedSize, SiteSettings } from '@loadstair/photo-site';
import { z } from 'zod';

/** Settings that are wrong, every one of them named. */
export class BadSiteConfig extends Error {
  constructor(problems: readonly string[]) {
    super(`The site cannot start: ${problems.join('; ')}.`);
    this.name = 'BadSiteConfig';
  }
}

export interface SiteConfig extends SiteSettings {
  readonly host: string;
  readonly otlp: string | null;
}

export type Env = Readonly<Record<string, string | undefined>>;

/** The only place where the environment is read. */
export function readEnv(): Env {
  return process.env;
}

const LISTEN = z
  .string()
  .regex(/^[\d.]+:\d{1,5}$/, 'must be address:port')
  .transform((text): Listen => {
    const [address = '', port = ''] = text.split(':');
    return { address, port: Number(port) };
  })
  .refine(({ address, port }) => isIPv4(address) && port >= 1 && port <= 65_535, 'is no address and port to listen on');

/** An address, or a block of addresses such as `10.0.0.0/8`. */
function isBlock(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits);
}

const CONSISTENCIES = ['none', 'after-write-primary', 'wait-for-lsn'] as const satisfies readonly Consistency[];

const SETTINGS = z.object({
  SITE_LISTEN: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(LISTEN).min(1)),
  SITE_METRICS_LISTEN: LISTEN.optional(),
  SITE_DATABASE: z.string().startsWith('postgres://'),
  SITE_DATABASE_MEMBERS: z.string().optional(),
  SITE_CONSISTENCY: z.enum(CONSISTENCIES).default('none'),
  SITE_CACHE: z.string().optional(),
  SITE_POOL: z.coerce.number().int().min(1).max(500).default(20),
  SITE_STATS_FILE: z.string().optional(),
  SITE_OTLP: z.string().optional(),
  SITE_TELEMETRY: z.enum(['on', 'off']).default('on'),
  SITE_BUSINESS: z.enum(['on', 'off']).default('off'),
  SITE_LAB_DAY_SECONDS: z.coerce.number().int().min(1).default(60),
  SITE_CLIENT_RATE: z.coerce.number().int().min(1).default(500),
  SITE_TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').filter((block) => block !== ''))
    .pipe(z.array(z.string().refine(isBlock, 'must be addresses or blocks of addresses, such as 10.0.0.0/8')))
    .default([]),
  SITE_FILES: z.string().optional(),
  SITE_FAULT_BLOCK_MS: z.coerce.number().int().min(0).max(500).default(0),
  SITE_FAULT_CHURN_KIB: z.coerce.number().int().min(0).max(4096).default(0),
  SITE_HOST: z.string().default('site'),
});

/** A checked configuration, or BadSiteConfig that names every wrong setting. */
export function configFrom(env: Env): SiteConfig {
  const parsed = SETTINGS.safeParse(env);
  if (!parsed.success) throw new BadSiteConfig(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const it = parsed.data;
  const telemetry = it.SITE_TELEMETRY === 'on';
  return {
    listen: it.SITE_LISTEN,
    metricsListen: telemetry ? (it.SITE_METRICS_LISTEN ?? null) : null,
    databaseUrl: it.SITE_DATABASE,
    replicated: it.SITE_DATABASE_MEMBERS === undefined ? null : { membersFile: it.SITE_DATABASE_MEMBERS, consistency: it.SITE_CONSISTENCY },
    cacheFile: it.SITE_CACHE ?? null,
    pool: it.SITE_POOL,
    statsFile: telemetry ? (it.SITE_STATS_FILE ?? null) : null,
    business: it.SITE_BUSINESS === 'on',
    labDayS: it.SITE_LAB_DAY_SECONDS,
    requestsPerSecondOfClient: it.SITE_CLIENT_RATE,
    trustedProxies: it.SITE_TRUSTED_PROXIES,
    filesFile: it.SITE_FILES ?? null,
    faults: { blockMs: it.SITE_FAULT_BLOCK_MS, churnKiB: it.SITE_FAULT_CHURN_KIB },
    host: it.SITE_HOST,
    otlp: telemetry ? (it.SITE_OTLP ?? null) : null,
  };
}

const SEED = z.object({
  SITE_DATABASE: z.string().startsWith('postgres://'),
  SITE_SEED_USERS: z.coerce.number().int().min(100).default(20_000),
  SITE_SEED_PHOTOS: z.coerce.number().int().min(100).default(60_000),
});

export function seedConfigFrom(env: Env): { readonly databaseUrl: string; readonly size: SeedSize } {
  const parsed = SEED.safeParse(env);
  if (!parsed.success) throw new BadSiteConfig(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  return { databaseUrl: parsed.data.SITE_DATABASE, size: { users: parsed.data.SITE_SEED_USERS, photos: parsed.data.SITE_SEED_PHOTOS } };
}
