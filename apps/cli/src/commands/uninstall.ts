import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { endLeftovers, findTool, isRoot, leftoversOf, mendMachine, ownerOf } from '@loadstair/runtime';
import { instancesThere, uninstall, uninstallPlan, usersLeft, type UninstallPlan } from '@loadstair/runtime/uninstall';
import { Problem } from '@loadstair/kit';
import { prune, staleExports } from '@loadstair/runs';
import type { Command } from 'commander';
import { instanceWords, LAB_FOLDER, MAX_INSTANCE, REPO_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { findLabd } from '@loadstair/lab-client/find-labd';
import { wrap } from '@loadstair/terminal-view/wrap';
import { onInterrupt } from '../interruption.ts';
import { confirms } from '../tools.ts';
import { answer, jsonOption } from './answer.ts';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

const MACHINE = '/';
const LABEL_WIDTH = 9;
const WIDTH = 80;
const HOUR_MS = 3_600_000;

interface Options {
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** uninstall: what the install journal lists, and what the lab left on the machine. */
export function register(program: Command, context: Context): void {
  program
    .command('uninstall')
    .description(COMMANDS.uninstall.uninstall.does)
    .option('--dry-run', 'show what would go and what stays; change nothing', false)
    .option('--yes', 'remove without asking', false)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Removes the packages that the install journal (/var/lib/loadstair) lists, with
their settings and data folders. A package stays if it was there before, if
another package needs it, or if somebody has started its service. The checkout
stays, with its runs.

Examples:
  ./lab uninstall --dry-run
  ./lab uninstall`,
    )
    .action(async (options: Options) => context.exit(await run(options, context)));
}

async function run({ dryRun, yes, json }: Options, context: Context): Promise<number> {
  const { io, environment } = context;
  const interruption = onInterrupt(io, 'Stopping: the package that is being removed is finished.');
  const stopping = new AbortController();
  interruption.stopWith(async () => stopping.abort());
  try {
    const onProgress = (text: string): void => io.err.write(`${text}\n`);
    await mendMachine({ labFolder: LAB_FOLDER, environment: { ...environment }, signal: stopping.signal, onProgress });
    const plan = uninstallPlan(MACHINE);
    const stays = { checkout: REPO_FOLDER, users: usersLeft(MACHINE, plan) };
    if (dryRun) {
      answer(io, json, { removed: false, ...plan, ...stays }, () => planLines(plan, stays, 'would go'));
      return 0;
    }
    if (!isRoot())
      throw new Problem({ what: 'Only root can uninstall.', why: '', do: 'sudo ./lab uninstall', code: 'E_NOT_ROOT', exit: 6 });
    await endInstances(environment['PATH'] ?? '');
    if (!yes && plan.purge.length + plan.remove.length > 0) {
      io.err.write(
        planLines(plan, stays, 'would go')
          .map((line) => `${line}\n`)
          .join(''),
      );
      if (!io.canAsk || !(await confirms('Remove them?', stopping.signal))) return interruption.status() ?? 1;
    }
    await uninstall(plan, { root: MACHINE, labFolder: LAB_FOLDER, environment: { ...environment }, signal: stopping.signal });
    // Of exports that were broken off, however recently: no labd is left that could be writing one.
    prune(staleExports(Date.now() + HOUR_MS));
    answer(io, json, { removed: true, ...plan, ...stays }, () => planLines(plan, stays, 'removed'));
    return interruption.status() ?? 0;
  } catch (error) {
    const status = interruption.status();
    if (status === null) throw error;
    return status;
  } finally {
    interruption.end();
  }
}

/** Ends what killed labs left. Throws Problem where one is up: ending it is for the person who uses it. */
async function endInstances(path: string): Promise<void> {
  const found = await findTool('nft', { labFolder: LAB_FOLDER, path });
  const nft = found.state === 'found' ? found.path : undefined;
  const instances = new Set([...instancesThere(MACHINE), ...numbers().filter((instance) => existsSync(stateFile(instance)))]);
  for (const instance of instances) {
    const owner = ownerOf(instance) ?? LAB_FOLDER;
    if (owner !== LAB_FOLDER || (await findLabd(instance)) !== null) throw stillUp(instance, owner);
    await endLeftovers(instance, nft);
    const left = await leftoversOf(instance, nft);
    if (left.length > 0) throw stillUp(instance, owner, `left: ${left.join(', ')}`);
  }
}

const numbers = (): number[] => Array.from({ length: MAX_INSTANCE }, (_, at) => at + 1);

function stillUp(instance: number, owner: string, why = `it runs for ${dirname(owner)}`): Problem {
  return new Problem({
    what: `Instance ${instance} of the lab is up.`,
    why,
    do: `(cd ${dirname(owner)} && ./lab down${instanceWords(instance)}), then ./lab uninstall`,
    code: 'E_STILL_UP',
    exit: 2,
  });
}

function planLines(
  plan: UninstallPlan,
  { checkout, users }: { readonly checkout: string; readonly users: readonly string[] },
  verb: string,
): string[] {
  const going = [...plan.purge, ...plan.remove.map((name) => `${name} (its earlier settings stay)`)];
  return [
    ...(going.length === 0 ? ['The lab has installed no package that is still here.'] : labelled(verb, going.join(', '))),
    ...plan.keep.flatMap(({ name, why }) => labelled('stays', `${name}: ${why}`)),
    ...plan.upgraded.flatMap(({ name, from, to }) => labelled('stays', `${name}: it was here before (${from}, upgraded to ${to})`)),
    ...(users.length === 0 ? [] : labelled('stay', `users ${users.join(', ')}: Debian’s packages leave the users that they made`)),
    ...labelled('stays', `${checkout}, with its runs: rm -r removes it`),
  ];
}

function labelled(label: string, text: string): string[] {
  return wrap(text, WIDTH - LABEL_WIDTH, 0).map((line, at) => `${(at === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`);
}
