import { percent } from '@loadstair/analysis';
import type { SiteNow, Use } from './site-now.ts';

/** What the cell of a host says now. */
export interface HostReading {
  /** Use of its CPU budget, 0–1; null when it was not read. */
  readonly cpu: number | null;
  /** `38 %` */
  readonly cpuWords: string;
  /** Its most used other limit: `pool 7 of 20`. */
  readonly other: string;
  readonly otherBusy: number | null;
  /** `up`, `down`, `starting`, … */
  readonly state: string;
}

/** States of a host by the last thing that happened to it; a host that nothing befell is up. */
const STATES: Readonly<Record<string, string>> = {
  starting: 'starting',
  up: 'up',
  replaced: 'up',
  died: 'down',
  killed: 'down',
  oom: 'down',
  draining: 'draining',
  stopped: 'stopped',
};

export function hostReading(host: string, run: SiteNow): HostReading {
  const use = (run.now?.use ?? []).filter((one) => one.host === host);
  const cpu = use.find((one) => one.kind === 'cpu')?.busy ?? null;
  const other = use.filter((one) => one.kind !== 'cpu').sort((a, b) => b.busy - a.busy)[0];
  return {
    cpu,
    cpuWords: cpu === null ? '' : percent(cpu),
    other: other === undefined ? '' : otherWords(other),
    otherBusy: other?.busy ?? null,
    state: STATES[run.hosts.get(host)?.kind ?? 'up'] ?? 'up',
  };
}

function otherWords({ kind, busy, limit }: Use): string {
  return (kind === 'pool' || kind === 'slots') && limit !== null
    ? `${kind} ${Math.round(busy * limit)} of ${limit}`
    : `${kind} ${percent(busy)}`;
}

/** Hosts of each tier: as declared, then those that came later. Stopped ones are gone. */
export function hostsByTier(
  tiers: readonly { readonly name: string; readonly count: number }[],
  run: Pick<SiteNow, 'hosts'>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    tiers.map(({ name, count }) => {
      const declared = Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
      const later = [...run.hosts.keys()].filter((host) => host.replace(/-\d+$/, '') === name && !declared.includes(host));
      return [name, [...declared, ...later].filter((host) => run.hosts.get(host)?.kind !== 'stopped')];
    }),
  );
}
