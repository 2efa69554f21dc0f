import { settingsOf, type Tier } from '@loadstair/topology';
import type { Declaration, ToolDeclaration } from '../declaration.ts';

/** Where a program of ours serves its metrics. */
export const METRICS_PORT = 9464;

export const NODE: ToolDeclaration = {
  name: 'node',
  programs: ['node'],
  versionArgs: ['--version'],
  minimum: [24, 0],
  folders: [],
  wantsFolder: false,
  source: { how: 'npm' },
};

/** A program may run without metrics, traces and what the lab reads of it: what telemetry costs is measured against that. */
export const TELEMETRY = {
  words: ['on', 'off'],
  has: () => false,
  meaning: 'whether the program serves metrics and sends traces',
} as const;

/** @param kind of the component that is the program */
export function hasTelemetry(tier: Pick<Tier, 'settings'>, kind: string): boolean {
  return settingsOf(tier, { kind, settings: { telemetry: TELEMETRY } }).telemetry !== 'off';
}

export function programScrape(kind: string): Declaration['scrape'] {
  return (tier) => (hasTelemetry(tier, kind) ? { port: METRICS_PORT, path: '/metrics' } : null);
}
