export { seed, type SeedSize } from './seed/seed.ts';
export { startSite, type SiteSettings, type StartedSite } from './site.ts';
