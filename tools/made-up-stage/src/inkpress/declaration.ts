import type { Declaration } from '@loadstair/components/declarations';
import { PORTS, settingsOf, type Tier } from '@loadstair/topology';
import { STAMP_INK } from '../stamp-ink.ts';

const METRICS_PORT = 7346;

export const inkpressDeclaration = {
  kind: 'inkpress',
  title: 'Inkpress',
  tool: {
    name: 'inkpress',
    programs: ['inkpress'],
    versionArgs: ['--version'],
    minimum: [1, 0],
    folders: ['/usr/bin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'inkpress', fedora: 'inkpress', arch: 'inkpress', sizeText: '1 MB' },
  },
  ports: { served: PORTS.http, others: [METRICS_PORT] },
  scrape: () => ({ port: METRICS_PORT, path: '/metrics' }),
  leastMemoryMiB: 32,
  settings: {
    pads: { unit: null, whole: true, low: 1, high: 64, relieves: STAMP_INK, meaning: 'stamps that one host makes at once' },
    colour: { words: ['black', 'violet'], live: true, meaning: 'what the stamps look like' },
  },
  stores: false,
  keepsData: false,
  spreadsOver: ({ role }) => role === 'http',
  warmsUp: false,
  diskMiB: 1,
  openFiles: { least: 128, because: 'its clients, and the servers behind it' },
} as const satisfies Declaration;

const DEFAULT_PADS = 4;

/** Stamps that one host of a tier makes at once. */
export function padsOf(tier: Pick<Tier, 'settings'>): number {
  return settingsOf(tier, inkpressDeclaration).pads ?? DEFAULT_PADS;
}

export function colourOf(tier: Pick<Tier, 'settings'>): string {
  return settingsOf(tier, inkpressDeclaration).colour ?? 'black';
}
