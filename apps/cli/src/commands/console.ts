import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '@loadstair/kit/node';
import type { Command } from 'commander';
import { findLabd, needLabd, shutdown } from '@loadstair/lab-client/find-labd';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import { startRecordedLabd } from '@loadstair/lab-client/recorded-labd';
import { needConsole } from '../console-build.ts';
import { onInterrupt } from '../interruption.ts';
import { instanceOption, type Context } from './context.ts';
import { recordedOption, speedOption } from './recorded-options.ts';
import { COMMANDS } from './table.ts';

const LOOK_MS = 200;

interface Options {
  readonly instance: number;
  readonly recorded: boolean;
  readonly speed: number;
}

/** console: everything in a browser, with the right to start and stop things. */
export function register(program: Command, context: Context): void {
  program
    .command('console')
    .description(COMMANDS.console.console.does)
    .addOption(instanceOption())
    .addOption(recordedOption())
    .addOption(speedOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab console
  ./lab console --recorded      runs that came with the lab, on any machine

The address contains the key of this lab. Anybody with it can start and stop
runs.`,
    )
    .action(async ({ instance, recorded, speed }: Options) => {
      await needConsole(context.io);
      if (recorded) return stayRecorded(instance, speed, context);
      const running = await findLabd(instance);
      if (running !== null) sayAddress(running, context);
      else await stay(instance, context);
    });
}

/** Recorded runs alone: what shows them ends with this command. */
async function stayRecorded(instance: number, speed: number, context: Context): Promise<void> {
  const { io } = context;
  const interruption = onInterrupt(io, 'Stopping.');
  try {
    const labd = await startRecordedLabd(instance, speed);
    interruption.stopWith(() => labd.stop());
    sayAddress(labd, context);
    io.err.write('Recorded runs are shown; nothing runs on this machine. Ctrl-C: stop\n');
    await labd.ended;
    context.exit(interruption.status() === 143 ? 143 : 0);
  } finally {
    interruption.end();
  }
}

/** labd started for this lives until Ctrl-C, or until somebody else ends it. */
async function stay(instance: number, context: Context): Promise<void> {
  const { io } = context;
  const interruption = onInterrupt(io, 'Stopping everything that runs.');
  try {
    const { client } = await needLabd(instance);
    sayAddress(client, context);
    io.err.write('Ctrl-C: stop, clean up\n');
    while (interruption.status() === null && isAlive(client.pid)) await delay(LOOK_MS);
    await shutdown(client);
    // Ctrl-C is how one leaves.
    context.exit(interruption.status() === 143 ? 143 : 0);
  } finally {
    interruption.end();
  }
}

/** Over ssh, the browser is on another machine: then it says how to reach the console from there. */
export function sayAddress(
  { pages, key }: Pick<LabdClient, 'pages' | 'key'>,
  { io, environment }: Pick<Context, 'io' | 'environment'>,
): void {
  io.out.write(`console  ${pages}/#key=${key}\n`);
  if (environment['SSH_CONNECTION'] === undefined) return;
  const { port } = new URL(pages);
  io.err.write(`on your own machine first: ssh -L ${port}:127.0.0.1:${port} <this machine>\n`);
}
