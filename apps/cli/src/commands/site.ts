import { declarations } from '@loadstair/components/declarations';
import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '@loadstair/kit';
import type { Command } from 'commander';
import type { StatusAnswer } from '@loadstair/lab-api';
import { crash, destroy, powerLoss, powerOn, replace, scale } from '@loadstair/operations';
import { endLeftovers, findTool, leftoversOf, ownerOf } from '@loadstair/runtime';
import { EXAMPLE, stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { instanceWords, LAB_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { endSilentLabd, existingLabd, findLabd, labdProcess, needLabd, shutdown } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { needConsole } from '../console-build.ts';
import { onInterrupt } from '../interruption.ts';
import { needTools } from '../tools.ts';
import { collect, instanceOption, number, yesOption, type Context } from './context.ts';
import { namedOrPlace } from './subject.ts';
import { COMMANDS } from './table.ts';

/** What is told of an instance; without its labd there is none that could tell more. */
type Status = Omit<StatusAnswer, 'machine'>;

const DEATHS = [
  ['crash', crash],
  ['power-loss', powerLoss],
  ['destroy', destroy],
] as const;

/** up, status, logs, scale, crash, power-loss, destroy, power-on, replace, down: a site that stays up, and what can be done to it while load runs. */
export function register(program: Command, context: Context): void {
  const { io } = context;
  program
    .command('up')
    .description(COMMANDS.site.up.does)
    .argument('<stage>', 'number of the stage', number('stage', 1, 99, true))
    .option('--set <tier.key=value>', 'change the topology; may be repeated', collect, [])
    .addOption(instanceOption())
    .addOption(yesOption())
    .option('--unbudgeted', 'without CPU limits', false)
    .addHelpText(
      'after',
      `\nExamples:\n  ./lab up ${EXAMPLE.stage}\n  ./lab up ${EXAMPLE.stage} --set ${EXAMPLE.tier}.count=3 --instance 2`,
    )
    .action(async (stage: number, options: { set: string[]; instance: number; yes: boolean; unbudgeted: boolean }) => {
      const topology = applySettings(stageByNumber(stage).topology, options.set, declarations);
      const interruption = onInterrupt(io, 'Stopping: hosts that were started are ended.');
      try {
        const tools = { yes: options.yes, path: context.environment['PATH'] ?? '', interruption };
        if (!(await needTools(topology, io, tools))) return context.exit(interruption.status() ?? 1);
        await needConsole(io);
        const { client, started } = await needLabd(options.instance);
        // A labd that was there before is not ours to end: then Ctrl-C ends this command only.
        if (started) interruption.stopWith(() => client.call('POST /api/shutdown'));
        else interruption.end();
        try {
          const status = await client.call('POST /api/site', { body: { stage, set: options.set, unbudgeted: options.unbudgeted } });
          if (interruption.status() !== null) throw new Error('Interrupted.');
          printStatus(status, context);
          const at = instanceWords(options.instance);
          io.err.write(`next   ./lab run ${stage}${at}    ./lab console${at}    ./lab down${at}\n`);
        } catch (error) {
          if (started) await shutdown(client);
          throw error;
        }
      } catch (error) {
        const status = interruption.status();
        if (status === null) throw error;
        context.exit(status);
      } finally {
        interruption.end();
      }
    });

  program
    .command('status')
    .description(COMMANDS.site.status.does)
    .addOption(instanceOption())
    .option('--json', 'one line of JSON', false)
    .addHelpText('after', '\nExamples:\n  ./lab status\n  ./lab status --json')
    .action(async (options: { instance: number; json: boolean }) => {
      const client = await findLabd(options.instance);
      const status: Status =
        client === null
          ? {
              instance: options.instance,
              pid: 0,
              state: 'idle',
              holds: null,
              url: null,
              stage: null,
              slug: null,
              hosts: [],
              run: null,
              budgets: null,
              isolation: null,
            }
          : await client.call('GET /api/status');
      if (options.json) {
        const { instance, pid, state, url, stage, hosts, run, budgets, endsAtMs = null } = status;
        io.out.write(`${JSON.stringify({ instance, pid: pid === 0 ? null : pid, state, url, stage, budgets, hosts, run, endsAtMs })}\n`);
      } else {
        printStatus(status, context);
      }
    });

  program
    .command('logs')
    .description(COMMANDS.site.logs.does)
    .argument('<host>', `for example ${EXAMPLE.host}`)
    .addOption(instanceOption())
    .option('--lines <n>', 'how many of the last lines', number('lines', 1, 10_000, true), 100)
    .option('--follow', 'go on as lines are written', false)
    .addHelpText('after', `\nExamples:\n  ./lab logs ${EXAMPLE.host}\n  ./lab logs ${EXAMPLE.databaseHost} --follow`)
    .action(async (host: string, options: { instance: number; lines: number; follow: boolean }) => {
      const client = await existingLabd(options.instance);
      const query = { lines: String(options.lines), ...(options.follow ? { follow: '1' } : {}) };
      for await (const line of client.lines('GET /api/hosts/{host}/logs', { path: { host }, query })) io.out.write(`${line}\n`);
    });

  program
    .command('scale')
    .description(COMMANDS.site.scale.does)
    .argument('<tier>', `for example ${EXAMPLE.tier}`)
    .argument('<count>', 'hosts it shall have', number('count', 1, 16, true))
    .addOption(instanceOption())
    .addHelpText('after', `\nExamples:\n  ./lab scale ${EXAMPLE.tier} 3`)
    .action(async (tier: string, count: number, options: { instance: number }) => {
      const client = await existingLabd(options.instance);
      await operate(client, scale, { tier, count });
      printStatus(await client.call('GET /api/status'), context);
    });

  for (const [death, action] of DEATHS) {
    program
      .command(death)
      .description(COMMANDS.site[death].does)
      .argument('[host]', `for example ${EXAMPLE.host}`)
      .option('--place <name>', 'every host in a place instead')
      .addOption(instanceOption())
      .addHelpText(
        'after',
        `\nExamples:\n  ./lab ${death} ${EXAMPLE.host}\n  ./lab replace ${EXAMPLE.host}    puts a fresh one in its place`,
      )
      .action(async (host: string | undefined, { place, instance }: { place?: string; instance: number }) => {
        const hosts = namedOrPlace('host', host === undefined ? undefined : { host }, place);
        const client = await existingLabd(instance);
        await operate(client, action, hosts);
        printStatus(await client.call('GET /api/status'), context);
      });
  }

  program
    .command(powerOn.name)
    .description(COMMANDS.site['power-on'].does)
    .argument('<host>', `for example ${EXAMPLE.host}`)
    .addOption(instanceOption())
    .addHelpText('after', `\nExamples:\n  ./lab power-loss ${EXAMPLE.host} && ./lab power-on ${EXAMPLE.host}`)
    .action(async (host: string, options: { instance: number }) => {
      const client = await existingLabd(options.instance);
      await operate(client, powerOn, { host });
      printStatus(await client.call('GET /api/status'), context);
    });

  program
    .command('replace')
    .description(COMMANDS.site.replace.does)
    .argument('<host>', `for example ${EXAMPLE.host}`)
    .addOption(instanceOption())
    .addHelpText('after', `\nExamples:\n  ./lab replace ${EXAMPLE.host}`)
    .action(async (host: string, options: { instance: number }) => {
      const client = await existingLabd(options.instance);
      const fresh = await operate(client, replace, { host });
      io.out.write(`${host} is replaced by ${fresh.host} at ${fresh.address}\n`);
    });

  program
    .command('down')
    .description(COMMANDS.site.down.does)
    .addOption(instanceOption())
    .addHelpText('after', '\nExamples:\n  ./lab down')
    .action(async ({ instance }: { instance: number }) => {
      const client = await findLabd(instance);
      if (client === null) {
        // It may have begun a moment ago, and answer in another.
        const silent = labdProcess(instance);
        if (silent !== null) await endSilentLabd(silent);
        const ended = (silent === null ? 0 : 1) + (await endOrphans(instance, context));
        io.err.write(
          ended === 0
            ? `Nothing runs in instance ${instance}.\n`
            : `${io.err.paint.good(io.err.marks.good)} instance ${instance} is down; ${silent === null ? 'its labd was gone' : 'its labd did not answer'}, ${ended} programs were ended\n`,
        );
        return;
      }
      await shutdown(client);
      // A labd that could not end everything keeps its state file.
      if (existsSync(stateFile(instance))) await endOrphans(instance, context);
      io.err.write(`${io.err.paint.good(io.err.marks.good)} instance ${instance} is down\n`);
    });
}

/**
 * Hosts go on when their labd is killed.
 *
 * @returns how many programs were ended
 * @throws Problem when another checkout runs the instance, or something is left
 */
async function endOrphans(instance: number, { environment }: Context): Promise<number> {
  const owner = ownerOf(instance);
  if (owner !== null && owner !== LAB_FOLDER) {
    throw new Problem({
      what: `Instance ${instance} belongs to another checkout.`,
      why: `it runs for ${dirname(owner)}`,
      do: `(cd ${dirname(owner)} && ./lab down${instanceWords(instance)})`,
      code: 'E_OTHER_CHECKOUT',
      exit: 2,
    });
  }
  const found = await findTool('nft', { labFolder: LAB_FOLDER, path: environment['PATH'] ?? '' });
  const nft = found.state === 'found' ? found.path : undefined;
  const ended = await endLeftovers(instance, nft);
  const left = await leftoversOf(instance, nft);
  if (left.length > 0) {
    throw new Problem({
      what: `Instance ${instance} did not end completely.`,
      why: `left: ${left.join(', ')}`,
      do: `./lab down${instanceWords(instance)} tries again`,
      code: 'E_NOT_CLEAN',
      exit: 1,
    });
  }
  rmSync(stateFile(instance), { force: true });
  return ended;
}

const LIMITS = {
  on: 'on, as runs measure it',
  lifted: 'lifted while a run warms it up',
  off: 'off: it holds more than what runs measure',
} as const;

function printStatus(status: Status, { io }: Context): void {
  if (status.stage === null && status.holds !== null) {
    const words = { starting: 'is being started', stopping: 'is being stopped', 'not-clean': 'did not end completely: ./lab down' };
    io.out.write(
      `${status.holds.stage} ${status.holds.slug} ${words[status.state as keyof typeof words]}   instance ${status.instance}, labd ${status.pid}\n`,
    );
    return;
  }
  if (status.stage === null) {
    io.out.write(`Nothing is up in instance ${status.instance}. Start one: ./lab up ${EXAMPLE.first}\n`);
    if (status.endsAtMs != null) {
      const minutes = Math.max(1, Math.round((status.endsAtMs - Date.now()) / 60_000));
      io.out.write(
        `Its labd ${status.pid} still serves the console, and ends in ${minutes} min: ./lab down${instanceWords(status.instance)} ends it now\n`,
      );
    }
    return;
  }
  const rows = status.hosts.map((host) => [
    host.name,
    host.state,
    host.address,
    `${host.cpu} lab CPU`,
    `${host.memoryMiB} MiB`,
    [host.components.map((one) => one.kind).join(' + '), ...(host.role === null ? [] : [host.role]), ...host.faults].join(', '),
  ]);
  io.out.write(
    `${status.stage} ${status.slug}   ${status.url}   instance ${status.instance}, labd ${status.pid}${status.run === null ? '' : `, run ${status.run}`}\n`,
  );
  const name = Math.max(9, ...status.hosts.map((host) => host.name.length + 2));
  for (const row of rows) io.out.write(`  ${row.map((cell, index) => cell.padEnd([name, 9, 14, 12, 9, 0][index] ?? 0)).join('')}\n`);
  io.out.write(`  CPU limits are ${LIMITS[status.budgets ?? 'off']}\n`);
  if (status.isolation === 'off') io.out.write('  clients are not kept out of private hosts here: ./lab doctor\n');
}
