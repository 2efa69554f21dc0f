import type { ProblemLines } from '@loadstair/kit';
import type { Profile } from '@loadstair/load';
import { createStore, type RunEvent, type RunWriter } from '@loadstair/runs';
import { hashOf, type Topology } from '@loadstair/topology';
import type { LabConfig } from './config.ts';
import type { DriveContext } from './load/drive-context.ts';
import { thisMachine } from './machine.ts';
import { problemLinesOf } from './problem.ts';
import { CORES_PER_LAB_CPU, type SiteSession } from './site-session.ts';
import { toolVersions } from './tools.ts';

/** What a measurement may do with the instance's site, and how it tells and is stopped. */
export interface SiteAccess {
  /** Gives the site, starting it when none is up. */
  readonly site: () => Promise<SiteSession>;
  /** Ends the site if this run started it. */
  readonly endSite: () => Promise<void>;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/** What is known of a measurement before it begins: its manifest, and the words of its end. */
export interface RunAbout {
  readonly topology: Topology;
  readonly set: readonly string[];
  readonly profile: Profile;
  readonly experiment?: string;
  readonly seed: number;
  readonly scale: number;
  readonly quick: boolean;
  readonly burners: boolean;
  /** The command that does it again. */
  readonly command: string;
  readonly plannedSeconds: number;
  /** Why nothing is left of it when it was interrupted early. */
  readonly lostWhenInterrupted: string;
}

/** Where one measurement writes, and what it needs to offer load but the purpose of its climb. */
export interface Recording {
  readonly writer: RunWriter;
  readonly drive: Omit<DriveContext, 'purpose'>;
}

/** A measurement under way. */
export interface Recorded {
  readonly run: string;
  readonly done: Promise<void>;
  /** Keeps and tells something that happened beside it. */
  readonly tell: (event: RunEvent) => void;
}

/** Used when no seed is given: the same command gives the same arrivals. */
export const DEFAULT_SEED = 42;

/**
 * A run folder around one measurement of the instance's site: hosts are started when none are up, and what happens is kept
 * and told. Errors end as a `failed` event; a site this run started is gone when `done` resolves.
 *
 * @param measure writes and finishes the run; throws when nothing was measured
 */
export function recordRun(
  config: LabConfig,
  access: SiteAccess,
  about: RunAbout,
  measure: (recording: Recording) => Promise<void>,
): Recorded {
  const { topology, profile, plannedSeconds, lostWhenInterrupted, ...asked } = about;
  const { stage } = topology;
  const writer = createStore(config.labFolder).create({
    schema: 1,
    ...asked,
    set: [...about.set],
    profile: profile.name,
    stage,
    slug: topology.slug,
    topology,
    topologyHash: hashOf(topology),
    startedAt: new Date().toISOString(),
    machine: thisMachine(),
    coresPerLabCpu: CORES_PER_LAB_CPU,
    versions: { node: process.versions.node },
  });
  // What happens once the run is over, like hosts that end, is told but is not of the run; its folder may be gone.
  let kept = true;
  const tellReaders = (event: RunEvent): void => {
    access.emit(event);
  };
  const emit = (event: RunEvent): void => {
    if (kept) writer.appendEvent(event);
    tellReaders(event);
  };
  // What happens to hosts is told by listeners of child processes: an error there would end labd, not the run.
  let lost: { readonly error: unknown } | null = null;
  const guarded = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      lost ??= { error };
    }
  };
  const tell = (event: RunEvent): void => {
    guarded(() => {
      if (kept) writer.appendEvent(event);
    });
    tellReaders(event);
  };

  const work = async (): Promise<void> => {
    emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'begun', text: 'starting hosts' });
    const begunMs = Date.now();
    const session = await access.site();
    writer.keepVersions(await toolVersions(topology, config));
    const seconds = ((Date.now() - begunMs) / 1000).toFixed(1);
    emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'done', text: `${session.site.hosts().length} up in ${seconds} s` });
    const letGo = session.keepSamples();
    session.onTraces = (exported) => guarded(() => writer.appendTrace(exported));
    session.metrics.runStarted({ run: writer.id, stage, profile: profile.name });
    try {
      const { seed, quick, scale } = about;
      const { signal } = access;
      await measure({
        writer,
        drive: { config, session, k6: session.k6, profile, seed, quick, scale, run: writer.id, stage, emit, signal },
      });
      if (lost !== null) throw lost.error;
    } finally {
      letGo();
      session.onTraces = () => {};
      session.metrics.runEnded();
    }
  };

  tell({
    type: 'run-started',
    atMs: Date.now(),
    run: writer.id,
    stage,
    slug: topology.slug,
    profile: profile.name,
    slo: profile.slo,
    seed: about.seed,
    hosts: topology.tiers.flatMap((tier) => Array.from({ length: tier.count }, (_, n) => `${tier.name}-${n + 1}`)),
    plannedSeconds,
  });
  const done = work()
    .catch(async (error: unknown) => {
      const interrupted: ProblemLines = {
        what: 'Interrupted.',
        why: lostWhenInterrupted,
        do: about.command,
        code: 'INTERRUPTED',
        exit: 130,
      };
      // The run has failed already: whatever else fails now must not hide why, nor keep its site up.
      tell({ type: 'failed', atMs: Date.now(), problem: access.signal.aborted ? interrupted : problemLinesOf(error) });
      kept = false;
      await writer.abandon();
    })
    .finally(async () => {
      kept = false;
      try {
        await access.endSite();
      } catch (error) {
        tellReaders({ type: 'failed', atMs: Date.now(), problem: problemLinesOf(error) });
        throw error;
      }
    });
  return { run: writer.id, done, tell };
}
