import { join } from 'node:path';
import { readStats, type ProgramStats } from '@loadstair/program/stats';
import { PORTS, type PlacedHost } from '@loadstair/topology';
import type { ComponentContext, HostContext, InImage, PlannedFile, ProcessSpec, SoftResource } from '../component.ts';
import type { SoftReading } from '../soft-reading.ts';
import { hasTelemetry, METRICS_PORT } from './declaration.ts';
import type { SitePlan } from '@loadstair/site-plan';
import { helperSeconds } from './collector-threads.ts';

/**
 * Small heaps: with default flags one full collection doubles the cost of requests for seconds (calibration.md, Q8). But a small
 * heap is collected at 1.3 times what lives, every 14 s under load, and on a tenth of a core each stops the site for 0.3 to 0.5 s
 * (docs/decisions/site-heap-grows-longer-between-full-collections.md): so it may grow to 2.5 times, and fewer objects that die young get there.
 */
const NODE_FLAGS = [
  '--max-old-space-size=128',
  '--max-semi-space-size=16',
  '--heap-growing-percent=150',
  '--conditions=@loadstair/source',
  '--disable-warning=ExperimentalWarning',
];

export const NODE_IMAGE = 'node:24';

/** What a component that is a program of ours, one Node process, has in common with all others. */
export interface NodeProgram {
  /** @param own variables that only this program reads */
  process(context: HostContext, own: Readonly<Record<string, string>>): ProcessSpec;
  /** The file that tells it of its peers; it follows what is written there. */
  planFile(context: HostContext, plan: SitePlan): PlannedFile;
  readonly image: string;
  inImage(): Partial<InImage>;
  readonly eventLoop: SoftResource;
  /** What the program last told of itself, and of that what every program has. */
  read(context: ComponentContext): Promise<{ readonly stats: ProgramStats; readonly eventLoop: SoftReading }>;
}

/** @param app the kind of its component, and its folder in `apps`, whose `src/main.ts` runs on libs/program */
export function nodeProgram(app: string): NodeProgram {
  return {
    process(context, own) {
      const { host, repoFolder, tools } = context;
      return {
        command: tools['node'] ?? process.execPath,
        args: [...NODE_FLAGS, join(repoFolder, 'apps', app, 'src', 'main.ts')],
        cwd: host.folder,
        env: { ...sharedEnvironment(app, context), ...own },
      };
    },
    planFile: ({ host }, plan) => ({ path: planPath(host), text: JSON.stringify(plan) }),
    image: NODE_IMAGE,
    inImage: () => ({ repository: true }),
    eventLoop: { kind: 'event-loop', limit: 1, waitsOn: null },
    async read({ workFolder }) {
      const stats = await readStats(statsFile(workFolder));
      const helpers = helperSeconds(stats.pid);
      return {
        stats,
        eventLoop: {
          kind: 'event-loop',
          atMs: stats.atMs,
          inUse: null,
          waiting: null,
          waitSeconds: null,
          busySeconds: stats.eventLoop.activeSeconds,
          acquisitions: null,
          gcSeconds: stats.gcSeconds,
          ...(helpers === null ? {} : { gcHelperSeconds: helpers }),
        },
      };
    },
  };
}

/** Variables that every program of ours reads (libs/program/src/config.ts). */
function sharedEnvironment(app: string, { host, placement, workFolder, takesTraces }: HostContext): Record<string, string> {
  return {
    PROGRAM_HOST: host.name,
    PROGRAM_PLAN: planPath(host),
    PROGRAM_TELEMETRY: hasTelemetry(host.tierSpec, app) ? 'on' : 'off',
    PROGRAM_METRICS_LISTEN: `${host.address}:${METRICS_PORT}`,
    PROGRAM_STATS_FILE: statsFile(workFolder),
    ...(takesTraces ? { PROGRAM_OTLP: `http://${placement.labAddress}:${PORTS.otlp}/v1/traces` } : {}),
    TMPDIR: workFolder,
  };
}

/** In a folder of its own, which the program watches: beside it other files change all the time. */
function planPath(host: PlacedHost): string {
  return join(host.folder, 'plan', 'plan.json');
}

function statsFile(workFolder: string): string {
  return join(workFolder, 'stats');
}
