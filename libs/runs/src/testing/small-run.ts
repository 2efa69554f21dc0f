import type { RunData, Verdict } from '@loadstair/analysis';
import type { Manifest } from '../manifest.ts';

/** A run that was stopped before its first step: the smallest that can be stored. */
export const smallManifest: Omit<Manifest, 'run'> = {
  schema: 1,
  stage: 3,
  slug: 'load-balancer',
  topology: {
    stage: 3,
    slug: 'load-balancer',
    title: 'Load balancer',
    tiers: [],
    links: [],
    places: [{ name: 'east', kind: 'data centre', users: 1 }],
  },
  topologyHash: 'abc',
  set: [],
  profile: 'reads',
  seed: 42,
  scale: 1,
  quick: false,
  burners: true,
  command: './lab run 3 --set "<script>alert(1)</script>"',
  startedAt: '2026-01-01T00:00:00.000Z',
  machine: { cores: 2, model: 'x', memoryMiB: 1, freeMemoryMiB: 1, kernel: '6' },
  coresPerLabCpu: 0.1,
  versions: {},
};
export const smallRunData: RunData = {
  schema: 1,
  run: 'test',
  stage: { number: 3, slug: 'load-balancer' },
  profile: { name: 'reads', slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 }, arrivals: 'poisson' },
  budgeted: true,
  ended: 'interrupted',
  machine: { cores: 2, maxLabCores: 0.4 },
  tiers: [],
  links: [],
  resources: [],
  steps: [],
  incidents: [],
  observer: { labdCores: 0.01, prometheusCores: 0.01, samplerCores: 0 },
};
export const interrupted: Verdict = {
  kind: 'refused',
  codes: ['INTERRUPTED'],
  checks: [
    {
      code: 'INTERRUPTED',
      outcome: 'refuse',
      measured: 'stopped before its end',
      allowed: 'a complete run',
      value: null,
      limit: null,
      advice: 'run it again and let it finish',
      steps: [],
    },
  ],
};
