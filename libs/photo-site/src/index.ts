export { seed, type SeedSize } from './seed/seed.ts';
export { startSite, type Listen, type SiteSettings, type SiteStats, type StartedSite } from './site.ts';
