import type { Topology } from '@loadstair/topology';
import { needLabd, shutdown } from '@loadstair/lab-client/find-labd';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import type { Context } from './commands/context.ts';
import { needConsole } from './console-build.ts';
import { onInterrupt, type Interruption } from './interruption.ts';
import { needTools } from './tools.ts';

/** What a command does while it has labd; a status is that of whoever interrupted before it began. */
export interface Labd {
  readonly client: LabdClient;
  /** Whether this command started it. */
  readonly started: boolean;
  readonly interruption: Interruption;
}

/**
 * Provides the programs a topology needs and a labd, does the work, and ends labd again if it was started for this. Ctrl-C at
 * any moment leaves nothing running.
 *
 * @param says what an interruption ends, for the person who pressed it
 * @returns what the work gives, or the exit status of an interruption before it could begin
 */
export async function withLabd<Result>(
  topology: Topology,
  options: { readonly instance: number; readonly yes: boolean; readonly says: string },
  context: Context,
  work: (labd: Labd) => Promise<Result>,
): Promise<Result | { readonly kind: 'interrupted'; readonly status: number }> {
  const { io } = context;
  const interruption = onInterrupt(io, options.says);
  try {
    const tools = { yes: options.yes, path: context.environment['PATH'] ?? '', interruption };
    if (!(await needTools(topology, io, tools))) return { kind: 'interrupted', status: interruption.status() ?? 1 };
    await needConsole(io);
    const { client, started } = await needLabd(options.instance);
    try {
      const status = interruption.status();
      return status !== null ? { kind: 'interrupted', status } : await work({ client, started, interruption });
    } finally {
      // A lab that was up before stays up.
      if (started) await shutdown(client);
    }
  } finally {
    interruption.end();
  }
}
