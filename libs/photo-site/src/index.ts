export { seed, type SeedSize } from './seed/seed.ts';
export type { Consistency } from './storage/consistency.ts';
export { startSite, type Listen, type SiteSettings, type SiteStats, type StartedSite } from './site.ts';
