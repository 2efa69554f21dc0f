import type { ResourceKind } from '@loadstair/resources';
import type { Incident, StepData } from '@loadstair/analysis';

/** What goes wrong around the site, so that its run may not be trusted. All of it optional: an undisturbed run is `{}`. */
export interface Disturbance {
  /** k6 gets no CPU for `stallMs` out of every `everyMs`; from a step on, where it is told. */
  readonly starved?: { readonly stallMs: number; readonly everyMs: number; readonly fromStep?: number };
  /** A program that is not the lab's never stops on this host, and uses what its CPU limit leaves. */
  readonly loop?: { readonly host: string };
  /** Virtual users beyond which arrivals do not begin. */
  readonly maxUsers?: number;
  /** Connections that k6 can have open; a request beyond them is not sent. */
  readonly maxConnections?: number;
  /** Requests a second that somebody else sends to the site all the time. */
  readonly foreignPerS?: number;
  /** Cores that programs outside the lab use, and share of the CPU that other guests steal. */
  readonly outsideCores?: number;
  readonly steal?: number;
  /** Seconds without readings of the sampler, or without scrapes of Prometheus, in this step. */
  readonly gap?: { readonly of: 'sampler' | 'prometheus'; readonly step: number; readonly fromS: number; readonly lastS: number };
  /** Something comes or goes in this step; a host that restarts serves nothing for `downMs`. */
  readonly incident?: {
    readonly kind: Incident['kind'];
    readonly subject: string;
    readonly step: number;
    readonly atS: number;
    readonly downMs: number;
  };
  /** This resource of this host cannot be read. */
  readonly blind?: { readonly host: string; readonly kind: ResourceKind };
  readonly interrupted?: true;
  readonly unbudgeted?: true;
  /** The distance to those who are asked in a role grows by so many ms a second in this step and is normal again after it. */
  readonly creep?: { readonly role: string; readonly step: number; readonly msPerS: number };
  /** Share of requests with this name that the plan has and k6 does not send. */
  readonly unsent?: { readonly name: string; readonly share: number };
  /** Share of the arrivals whose rows k6's output loses. */
  readonly lostRows?: number;
}

/** The plan had more of one kind of request than were sent. */
export function withPlan(step: StepData, unsent: { readonly name: string; readonly share: number }): StepData {
  const planned = step.load.byClass.map((one) => (one.name === unsent.name ? one.plannedShare / (1 - unsent.share) : one.plannedShare));
  const total = planned.reduce((sum, share) => sum + share, 0);
  const byClass = step.load.byClass.map((one, index) => ({ ...one, plannedShare: total === 0 ? 0 : (planned[index] as number) / total }));
  return { ...step, load: { ...step.load, byClass } };
}
