import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { createStore } from '@loadstair/runs';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { findLabd } from '@loadstair/lab-client/find-labd';
import { openInBrowser } from '../open-page.ts';
import { pageOf } from '../view/page-line.ts';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** open: a run where it can be looked at. */
export function register(program: Command, { io }: Context): void {
  program
    .command('open')
    .description(COMMANDS.open.open.does)
    .argument('[run]', 'id, its beginning, or latest', 'latest')
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Opens the page of the run if a console is up (./lab console), else its report.

Examples:
  ./lab open
  ./lab open k3f9`,
    )
    .action(async (id: string, { instance, json }: { instance: number; json: boolean }) => {
      const store = createStore(LAB_FOLDER);
      const { id: run } = store.open(id);
      const labd = await findLabd(instance);
      const address = labd === null ? pathToFileURL(store.report(run)).href : pageOf(labd, run);
      const opened = await openInBrowser(address);
      answer(io, json, { run, address, opened }, () => [address]);
      if (!opened) io.err.write('no browser could be opened from here; open the address yourself\n');
    });
}
