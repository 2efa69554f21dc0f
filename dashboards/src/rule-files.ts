import { join } from 'node:path';

const RULES = join(import.meta.dirname, '..', 'rules');

/** What Prometheus loads: recording rules and alerts. */
export const RULE_FILES: readonly string[] = ['tiers.yml', 'alerts.yml'].map((name) => join(RULES, name));
