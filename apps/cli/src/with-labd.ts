import type { Topology } from '@loadstair/topology';
import { instanceWords } from '@loadstair/lab-api/folders';
import { needLabd, shutdown } from '@loadstair/lab-client/find-labd';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import type { Io } from '@loadstair/terminal-view/io';
import type { Context } from './commands/context.ts';
import { needConsole } from './console-build.ts';
import { onInterrupt, type Interruption } from './interruption.ts';
import { needTools } from './tools.ts';

/** What a command does while it has labd; a status is that of whoever interrupted before it began. */
export interface Labd {
  readonly client: LabdClient;
  /** Whether this command started it. */
  readonly started: boolean;
  /** Whether its pages are still there when the command has ended. */
  readonly staysOpen: boolean;
  readonly interruption: Interruption;
}

/** So long labd stays when nothing is asked of it: time to read the page of a run that a person has just made. */
const STAYS_S = 15 * 60;
/** Another number of seconds for that; 0 ends labd with the command. */
const STAYS_VARIABLE = 'LOADSTAIR_STAYS_S';

/**
 * Provides the programs a topology needs and a labd, does the work, and ends labd again if it was started for this. Ctrl-C at
 * any moment leaves nothing running.
 *
 * @param options.stays whether the work has pages to be read afterwards: where a person sits before a terminal, labd stays for a while
 * @param says what an interruption ends, for the person who pressed it
 * @returns what the work gives, or the exit status of an interruption before it could begin
 */
export async function withLabd<Result>(
  topology: Topology,
  options: {
    readonly instance: number;
    readonly yes: boolean;
    readonly says: string;
    readonly stays?: boolean;
    readonly unbudgeted?: boolean;
  },
  context: Context,
  work: (labd: Labd) => Promise<Result>,
): Promise<Result | { readonly kind: 'interrupted'; readonly status: number }> {
  const { io } = context;
  const interruption = onInterrupt(io, options.says);
  try {
    const { yes, unbudgeted = false } = options;
    const tools = { yes, unbudgeted, path: context.environment['PATH'] ?? '', interruption };
    if (!(await needTools(topology, io, tools))) return { kind: 'interrupted', status: interruption.status() ?? 1 };
    await needConsole(io);
    const { client, started } = await needLabd(options.instance);
    const wantedS = options.stays === true ? secondsToStay(context) : 0;
    let staysS = 0;
    try {
      const status = interruption.status();
      if (status !== null) return { kind: 'interrupted', status };
      const result = await work({ client, started, staysOpen: !started || wantedS > 0, interruption });
      if (interruption.status() === null) staysS = wantedS;
      return result;
    } finally {
      // A lab that was up before stays up.
      if (started && (staysS === 0 || !(await stays(client, staysS, options.instance, io)))) await shutdown(client);
    }
  } finally {
    interruption.end();
  }
}

/** Where nobody can answer, as in scripts and CI, nothing stays. */
function secondsToStay({ io, environment }: Context): number {
  if (!io.canAsk || !io.err.terminal) return 0;
  const told = environment[STAYS_VARIABLE] ?? '';
  return /^\d+(\.\d+)?$/.test(told) ? Number(told) : STAYS_S;
}

/** Tells labd to stay until it has been idle for so long, and tells the person; false when it is gone, or could not end its site. */
async function stays(client: LabdClient, idleS: number, instance: number, { err }: Io): Promise<boolean> {
  const status = await client.call('POST /api/stay', { body: { idleS } }).catch(() => null);
  if (status?.state !== 'idle') return false;
  const time = idleS % 60 === 0 ? `${idleS / 60} min` : `${idleS} s`;
  err.write(`stays    ${client.pages} for ${time} after its last use\n         ./lab down${instanceWords(instance)} ends it now\n`);
  return true;
}
