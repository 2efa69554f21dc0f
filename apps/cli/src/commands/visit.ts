import type { Command } from 'commander';
import { visit } from '@loadstair/operations';
import { existingLabd } from '@loadstair/lab-client/find-labd';
import { operate } from '@loadstair/lab-client/operate';
import { visitLines } from '@loadstair/terminal-view/visit-view';
import { answer, jsonOption } from './answer.ts';
import { instanceOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** Asked where nothing else is named: a user, whose JSON every reader of the article knows. */
const USER = '/users/12';
const STYLESHEET = '/static/site.css';

/** visit: what users do before they see anything, with a stopwatch. */
export function register(program: Command, { io }: Context): void {
  program
    .command('visit')
    .description(COMMANDS.visit.visit.does)
    .argument('[path]', 'path as clients request it', USER)
    .option('--from <place>', 'where the client is (default: the first place of the stage)')
    .addOption(instanceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `\nRequests the path as a browser and as the app, then a file that pages refer to.\n\nExamples:\n  ./lab visit\n  ./lab visit / --from west`,
    )
    .action(async (path: string, { from, instance, json }: { from?: string; instance: number; json: boolean }) => {
      const client = await existingLabd(instance);
      const place = from === undefined ? {} : { place: from };
      const browser = await operate(client, visit, { path, as: 'browser', ...place });
      const app = await operate(client, visit, { path, as: 'app', ...place });
      const file = await operate(client, visit, { path: STYLESHEET, as: 'file', ...place });
      answer(io, json, { path, browser, app, stylesheet: { path: STYLESHEET, ...file } }, () =>
        visitLines({ path, browser, app, file: { path: STYLESHEET, visit: file } }, io.out),
      );
    });
}
