import type { SoftReading } from '@loadstair/components';
import type { HostsReading } from '@loadstair/runtime';
import type { ComponentKind } from '@loadstair/topology';

export type SoftSample = SoftReading & { readonly host: string; readonly component: ComponentKind };

/** Everything read, in ascending time. */
export interface Samples {
  readonly readings: HostsReading[];
  readonly soft: SoftSample[];
  /** Times of a short calculation on a core that was idle just before, ms: a slow spell of the machine shows here. */
  readonly probes: { readonly atMs: number; readonly ms: number }[];
}
