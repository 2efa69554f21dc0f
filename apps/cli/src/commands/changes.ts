import type { Command } from 'commander';
import { crash, destroy, powerLoss, powerOn, replace, scale } from '@loadstair/operations';
import { EXAMPLE } from '@loadstair/stages';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import { operate } from '@loadstair/lab-client/operate';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, number, type Context } from './context.ts';
import { statusJson, statusLines } from './status-lines.ts';
import { namedOrPlace } from './subject.ts';
import { COMMANDS } from './table.ts';

interface Options {
  readonly instance: number;
  readonly json: boolean;
}

const MOST_HOSTS = 16;
const DEATHS = [
  ['crash', crash],
  ['power-loss', powerLoss],
  ['destroy', destroy],
] as const;

/** scale, crash, power-loss, destroy, power-on, replace: what can be done to the hosts of a site while load runs. */
export function register(program: Command, { io }: Context): void {
  const showStatus = async (client: LabdClient, json: boolean): Promise<void> => {
    const status = await client.call('GET /api/status');
    answer(io, json, statusJson(status), () => statusLines(status));
  };
  program
    .command('scale')
    .description(COMMANDS.changes.scale.does)
    .argument('<tier>', `for example ${EXAMPLE.tier}`)
    .argument('<count>', 'how many hosts', number('count', 1, MOST_HOSTS, true, `./lab scale ${EXAMPLE.tier} 3`))
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab scale ${EXAMPLE.tier} 3`)
    .action(async (tier: string, count: number, { instance, json }: Options) => {
      const client = await existingLabd(instance);
      await operate(client, scale, { tier, count });
      await showStatus(client, json);
    });

  for (const [death, action] of DEATHS) {
    program
      .command(death)
      .description(COMMANDS.changes[death].does)
      .argument('[host]', `for example ${EXAMPLE.host}`)
      .option('--place <name>', 'every host in a place instead')
      .addOption(instanceOption())
      .addOption(jsonOption())
      .addHelpText(
        'after',
        `\nExamples:\n  ./lab ${death} ${EXAMPLE.host}\n  ./lab replace ${EXAMPLE.host}    puts a fresh one in its place`,
      )
      .action(async (host: string | undefined, { place, instance, json }: Options & { readonly place?: string }) => {
        const hosts = namedOrPlace('host', host === undefined ? undefined : { host }, place);
        const client = await existingLabd(instance);
        await operate(client, action, hosts);
        await showStatus(client, json);
      });
  }

  program
    .command(powerOn.name)
    .description(COMMANDS.changes['power-on'].does)
    .argument('<host>', `for example ${EXAMPLE.host}`)
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab power-loss ${EXAMPLE.host} && ./lab power-on ${EXAMPLE.host}`)
    .action(async (host: string, { instance, json }: Options) => {
      const client = await existingLabd(instance);
      await operate(client, powerOn, { host });
      await showStatus(client, json);
    });

  program
    .command('replace')
    .description(COMMANDS.changes.replace.does)
    .argument('<host>', `for example ${EXAMPLE.host}`)
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText('after', `\nExamples:\n  ./lab replace ${EXAMPLE.host}`)
    .action(async (host: string, { instance, json }: Options) => {
      const client = await existingLabd(instance);
      const fresh = await operate(client, replace, { host });
      answer(io, json, { replaced: host, host: fresh.host, address: fresh.address }, () => [
        `${host} is replaced by ${fresh.host} at ${fresh.address}`,
      ]);
    });
}
