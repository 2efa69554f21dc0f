import { join } from 'node:path';

/** Where the JSON stands that Grafana and the console load. */
export const GENERATED = join(import.meta.dirname, '..', 'generated');
