import type { RunEvent } from '../events.ts';

type Event<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/** All a live page shows, built from the events of a run. */
export interface LiveState {
  readonly started: Event<'run-started'> | null;
  readonly phase: Event<'phase'> | null;
  readonly step: Event<'step-started'> | null;
  readonly now: Event<'live'> | null;
  /** Steps that have ended, with use of each limit at their end. */
  readonly steps: readonly EndedStep[];
  readonly points: readonly LivePoint[];
  readonly hosts: ReadonlyMap<string, HostNow>;
  /** What happened to hosts or was done to the site, in order. */
  readonly notes: readonly LiveNote[];
  readonly end: Event<'verdict'> | Event<'outcome'> | Event<'failed'> | null;
}

export interface EndedStep {
  readonly event: Event<'step'>;
  readonly use: Event<'live'>['use'];
}

/** One second of load. */
export interface LivePoint {
  readonly atMs: number;
  readonly offered: number;
  readonly achieved: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export interface HostNow {
  readonly kind: string;
  readonly sinceMs: number;
}

export interface LiveNote {
  readonly atMs: number;
  readonly text: string;
}

export const NOTHING_YET: LiveState = {
  started: null,
  phase: null,
  step: null,
  now: null,
  steps: [],
  points: [],
  hosts: new Map(),
  notes: [],
  end: null,
};

/** More would not be seen, and would cost. */
const MOST_POINTS = 600;

/** The state after one more event. */
export function advance(state: LiveState, event: RunEvent): LiveState {
  switch (event.type) {
    case 'run-started':
      return { ...state, started: event };
    case 'phase':
      return { ...state, phase: event };
    case 'step-started':
      return { ...state, step: event };
    case 'live':
      return { ...state, now: event, points: [...state.points, pointOf(event, state.step)].slice(-MOST_POINTS) };
    case 'step':
      return event.kind === 'idle' ? state : { ...state, steps: [...state.steps, { event, use: state.now?.use ?? [] }] };
    case 'host':
      return {
        ...state,
        hosts: AS_OTHERS_SEE_IT.has(event.kind)
          ? state.hosts
          : new Map(state.hosts).set(event.host, { kind: event.kind, sinceMs: event.atMs }),
        notes: ORDINARY.has(event.kind)
          ? state.notes
          : [...state.notes, { atMs: event.atMs, text: `${event.host} ${event.kind} ${event.detail}`.trim() }],
      };
    case 'action':
      return { ...state, notes: [...state.notes, { atMs: event.atMs, text: event.text }] };
    case 'verdict':
    case 'outcome':
    case 'failed':
      return { ...state, end: event };
  }
}

/** What a balancer makes of a host changes nothing of whether it lives. */
const AS_OTHERS_SEE_IT = new Set(['out-of-service', 'in-service']);
const ORDINARY = new Set(['starting', 'up', 'stopped']);

function pointOf(event: Event<'live'>, step: Event<'step-started'> | null): LivePoint {
  return {
    atMs: event.atMs,
    offered: step?.offered ?? 0,
    achieved: event.achievedPerS,
    p50Ms: event.latency?.p50Ms ?? null,
    p95Ms: event.latency?.p95Ms ?? null,
  };
}
