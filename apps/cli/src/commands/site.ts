import { declarations } from '@loadstair/components/declarations';
import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '@loadstair/kit';
import type { Command } from 'commander';
import { endLeftovers, findTool, leftoversOf, ownerOf } from '@loadstair/runtime';
import { EXAMPLE, stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import { instanceWords, LAB_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { endSilentLabd, existingLabd, findLabd, labdProcess, needLabd, shutdown } from '@loadstair/lab-client/find-labd';
import { needConsole } from '../console-build.ts';
import { onInterrupt } from '../interruption.ts';
import { needTools } from '../tools.ts';
import { answer, jsonOption, writeJson } from './answer.ts';
import { collect, instanceOption, number, yesOption, type Context } from './context.ts';
import { stageArgument } from './stage-argument.ts';
import { statusJson, statusLines, type Status } from './status-lines.ts';
import { COMMANDS } from './table.ts';

/** up, status, logs, down: a site that stays up. */
export function register(program: Command, context: Context): void {
  const { io } = context;
  program
    .command('up')
    .description(COMMANDS.site.up.does)
    .addArgument(stageArgument('<stage>'))
    .option('--set <tier.key=value>', 'change a setting; may be repeated', collect, [])
    .addOption(instanceOption())
    .addOption(yesOption())
    .option('--unbudgeted', 'without CPU limits', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nExamples:\n  ./lab up ${EXAMPLE.stage}\n  ./lab up ${EXAMPLE.stage} --set ${EXAMPLE.tier}.count=3 --instance 2`,
    )
    .action(async (stage: number, options: { set: string[]; instance: number; yes: boolean; unbudgeted: boolean; json: boolean }) => {
      const topology = applySettings(stageByNumber(stage).topology, options.set, declarations);
      const interruption = onInterrupt(io, 'Stopping the hosts that were started.');
      try {
        const { yes, unbudgeted } = options;
        const tools = { yes, unbudgeted, path: context.environment['PATH'] ?? '', interruption };
        if (!(await needTools(topology, io, tools))) return context.exit(interruption.status() ?? 1);
        await needConsole(io);
        const { client, started } = await needLabd(options.instance);
        // A labd that was there before is not ours to end: then Ctrl-C ends this command only.
        if (started) interruption.stopWith(() => client.call('POST /api/shutdown'));
        else interruption.end();
        try {
          const status = await client.call('POST /api/site', { body: { stage, set: options.set, unbudgeted: options.unbudgeted } });
          if (interruption.status() !== null) throw new Error('Interrupted.');
          answer(io, options.json, statusJson(status), () => statusLines(status));
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
    .addOption(jsonOption())
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
      answer(io, options.json, statusJson(status), () => statusLines(status));
    });

  program
    .command('logs')
    .description(COMMANDS.site.logs.does)
    .argument('<host>', `for example ${EXAMPLE.host}`)
    .addOption(instanceOption())
    .option('--lines <n>', 'how many of the last lines', number('lines', 1, 10_000, true), 100)
    .option('--follow', 'continue as lines are written', false)
    .addHelpText('after', `\nExamples:\n  ./lab logs ${EXAMPLE.host}\n  ./lab logs ${EXAMPLE.databaseHost} --follow`)
    .action(async (host: string, options: { instance: number; lines: number; follow: boolean }) => {
      const client = await existingLabd(options.instance);
      const query = { lines: String(options.lines), ...(options.follow ? { follow: '1' } : {}) };
      for await (const line of client.lines('GET /api/hosts/{host}/logs', { path: { host }, query })) io.out.write(`${line}\n`);
    });

  program
    .command('down')
    .description(COMMANDS.site.down.does)
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab down')
    .action(async ({ instance, json }: { instance: number; json: boolean }) => {
      const ended = await endInstance(instance, context);
      if (json) writeJson(io, { instance, ...ended });
    });
}

/** Ends a labd and its hosts, or what one left that is gone. Gives whether something ran, and how many programs had outlived their labd. */
async function endInstance(instance: number, context: Context): Promise<{ readonly ran: boolean; readonly leftovers: number }> {
  const { err } = context.io;
  const client = await findLabd(instance);
  if (client === null) {
    // It may have begun a moment ago, and answer in another.
    const silent = labdProcess(instance);
    if (silent !== null) await endSilentLabd(silent);
    const leftovers = (silent === null ? 0 : 1) + (await endOrphans(instance, context));
    err.write(
      leftovers === 0
        ? `Nothing runs in instance ${instance}.\n`
        : `${err.paint.good(err.marks.good)} instance ${instance} is down; its labd ${silent === null ? 'had crashed' : 'did not answer'}; ${leftovers} programs were stopped\n`,
    );
    return { ran: leftovers > 0, leftovers };
  }
  await shutdown(client);
  // A labd that could not end everything keeps its state file.
  const leftovers = existsSync(stateFile(instance)) ? await endOrphans(instance, context) : 0;
  err.write(`${err.paint.good(err.marks.good)} instance ${instance} is down\n`);
  return { ran: true, leftovers };
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
