import type { ProblemLines } from '@loadstair/kit';
import { labVersion } from '@loadstair/lab-api/version';
import type { OwnProfile, Profile } from '@loadstair/load';
import { createStore, sealedRuns, type RunEvent, type RunWriter } from '@loadstair/runs';
import { CORES_PER_LAB_CPU, hashOf, type Topology } from '@loadstair/topology';
import type { LabConfig } from './config.ts';
import { thisMachine } from './machine.ts';
import { problemLinesOf } from './problem.ts';
import type { SiteSession } from './site-session.ts';
import type { Lease } from './site-holder.ts';
import { toolVersions } from './tools.ts';

/** What is known of a measurement before it begins: its manifest, and the words of its end. */
export interface RunAbout {
  readonly topology: Topology;
  /** The site that is started, where its readers must not see what it has beyond `topology`. */
  readonly hidden?: Topology;
  readonly set: readonly string[];
  readonly profile: Profile;
  /** The same as it was given, where it is no stored one. */
  readonly ownProfile?: OwnProfile;
  readonly experiment?: string;
  readonly seed: number;
  readonly scale: number;
  readonly quick: boolean;
  /** Whether idle-priority loops steady the CPU clock (docs/decisions/cpu-burners-run-in-an-idle-control-group.md). */
  readonly burners: boolean;
  /** The command that does it again. */
  readonly command: string;
  readonly plannedSeconds: number;
  /** Why nothing is left of it when it was interrupted early. */
  readonly lostWhenInterrupted: string;
}

/** The run folder of one measurement, and its readers: what happens is kept and told. */
export interface Recording {
  readonly about: RunAbout;
  readonly writer: RunWriter;
  /** Keeps and tells an event of the run. */
  readonly emit: (event: RunEvent) => void;
  /** Keeps and tells something that happened beside it; an error of keeping comes out of `checkKept`. */
  readonly tell: (event: RunEvent) => void;
  /** Keeps lines of a log, one JSON object each; an error of keeping comes out of `checkKept`. */
  readonly keepLines: (name: string, lines: readonly string[]) => void;
  /** The lease's site with everything it measures kept, from now until the end of the recording. */
  site(lease: Lease): Promise<SiteSession>;
  /** Throws what went wrong while something was kept that happened beside the run. */
  checkKept(): void;
  /** Tells why there is no result; nothing is kept. */
  failed(error: unknown, interrupted: boolean): Promise<void>;
  /** Lets go of the site: a site this run started is gone when this resolves. Rejects, and tells why, when something is left. */
  end(lease: Lease): Promise<void>;
}

/** Used when no seed is given: the same command gives the same arrivals. */
export const DEFAULT_SEED = 42;

/** Makes the run folder and tells its readers that the run has begun. */
export function openRecording(config: LabConfig, about: RunAbout, tellReaders: (event: RunEvent) => void): Recording {
  const { topology, hidden, profile, plannedSeconds, lostWhenInterrupted, ...asked } = about;
  const { stage } = topology;
  const writer = (hidden === undefined ? createStore(config.labFolder) : sealedRuns(config.labFolder)).create({
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
    versions: { loadstair: labVersion(), node: process.versions.node },
  });
  // What happens once the run is over, like hosts that end, is told but is not of the run; its folder may be gone.
  let kept = true;
  // What happens to hosts is told by listeners of child processes: an error there would end labd, not the run.
  let lost: { readonly error: unknown } | null = null;
  let letGo = (): void => {};
  const guarded = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      lost ??= { error };
    }
  };
  const emit = (event: RunEvent): void => {
    if (kept) writer.appendEvent(event);
    tellReaders(event);
  };
  const tell = (event: RunEvent): void => {
    guarded(() => {
      if (kept) writer.appendEvent(event);
    });
    tellReaders(event);
  };
  /** Everything the site tells goes to this run. */
  const watch = (session: SiteSession): void => {
    const forget = session.keepSamples();
    session.onTraces = (exported) => guarded(() => writer.appendTrace(exported));
    session.metrics.runStarted({ run: writer.id, stage, profile: profile.name });
    letGo = () => {
      letGo = () => {};
      forget();
      session.onTraces = () => {};
      session.metrics.runEnded();
    };
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
  return {
    about,
    writer,
    emit,
    tell,
    keepLines: (name, lines) =>
      guarded(() => {
        if (kept) writer.appendLog(name, lines);
      }),
    async site(lease) {
      emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'begun', text: 'starting hosts' });
      const begunMs = Date.now();
      const session = await lease.site();
      // A site that only is up has none.
      if (about.burners) session.site.burn();
      writer.keepVersions(await toolVersions(topology, config));
      const seconds = ((Date.now() - begunMs) / 1000).toFixed(1);
      emit({ type: 'phase', atMs: Date.now(), phase: 'hosts', state: 'done', text: `${session.site.hosts().length} up in ${seconds} s` });
      watch(session);
      return session;
    },
    checkKept() {
      if (lost !== null) throw lost.error;
    },
    async failed(error, wasInterrupted) {
      letGo();
      const interrupted: ProblemLines = {
        what: 'Interrupted.',
        why: lostWhenInterrupted,
        do: about.command,
        code: 'INTERRUPTED',
        exit: 130,
      };
      // The run has failed already: whatever else fails now must not hide why, nor keep its site up.
      tell({ type: 'failed', atMs: Date.now(), problem: wasInterrupted ? interrupted : problemLinesOf(error) });
      kept = false;
      await writer.abandon();
    },
    async end(lease) {
      letGo();
      kept = false;
      try {
        await lease.end();
      } catch (error) {
        tellReaders({ type: 'failed', atMs: Date.now(), problem: problemLinesOf(error) });
        throw error;
      }
    },
  };
}
