import { Problem } from '@loadstair/kit';
import type { Command } from 'commander';
import { refuseK6Settings } from '@loadstair/load';
import { benchHistory, benchOutcome, type BenchEvent, type BenchResult } from '@loadstair/runs';
import { EXAMPLE, stageByNumber } from '@loadstair/stages';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import type { LabdClient } from '@loadstair/lab-client/labd-http';
import { benchTable, historyTable } from '@loadstair/terminal-view/bench-view';
import { withLabd } from '../with-labd.ts';
import { jsonOption, writeJson } from './answer.ts';
import { instanceOption, number, yesOption, type Context } from './context.ts';
import { COMMANDS } from './table.ts';

interface BenchOptions {
  readonly quick: boolean;
  readonly history: boolean;
  readonly last: number;
  readonly json: boolean;
  readonly instance: number;
  readonly yes: boolean;
}

const STATUS = { holds: 0, missed: 5, unsure: 3 } as const;
const DEFAULT_LAST = 10;

/** bench: what the lab itself costs and how true it is. */
export function register(program: Command, context: Context): void {
  program
    .command('bench')
    .description(COMMANDS.bench.bench.does)
    .option('--quick', 'under 2 min, wider intervals', false)
    .option('--history', 'show the results of earlier benches; nothing is run', false)
    .option('--last <n>', 'how many earlier benches to show', number('last', 1, 1000, true), DEFAULT_LAST)
    .addOption(jsonOption())
    .addOption(instanceOption())
    .addOption(yesOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lab bench --quick      in less than two minutes
  ./lab bench              in full, in less than eight
  ./lab bench --history    what was measured before

Exit status: 0 every goal is met · 3 the machine was too busy to tell, or an
  interval contains its goal · 5 a goal is missed`,
    )
    .action(async (options: BenchOptions) => context.exit(options.history ? history(options, context) : await bench(options, context)));
}

function history({ last, json }: BenchOptions, { io }: Context): number {
  const results = benchHistory(LAB_FOLDER).last(last);
  if (json) writeJson(io, { benches: results });
  else if (results.length === 0) io.out.write('No benches yet. Start one: ./lab bench --quick (about 2 min).\n');
  else io.out.write(historyTable(results, io.out));
  return 0;
}

async function bench(options: BenchOptions, context: Context): Promise<number> {
  const { io } = context;
  refuseK6Settings(context.environment);
  const says = 'Stopping the hosts. Nothing of this bench is kept.';
  const done = await withLabd(
    stageByNumber(EXAMPLE.stage).topology,
    { ...options, says },
    context,
    async ({ client, started, interruption }) => {
      // Since the process began: what `lab run` takes too before labd answers.
      const commandS = started ? performance.now() / 1000 : 0;
      const { bench: id } = await client.call('POST /api/benches', { body: { quick: options.quick, commandS } });
      interruption.stopWith(() => client.call('POST /api/benches/{bench}/stop', { path: { bench: id } }));
      const outcome = await follow(client, id, (event) => {
        if (event.type === 'part')
          io.err.write(`${event.state === 'done' ? io.err.paint.good(io.err.marks.good) : io.err.marks.now} ${event.text}\n`);
      });
      if (outcome.type === 'failed') {
        const status = interruption.status();
        if (status !== null) return status;
        throw new Problem(outcome.problem);
      }
      print(outcome.result, options, context);
      return STATUS[benchOutcome(outcome.result)];
    },
  );
  return typeof done === 'number' ? done : done.status;
}

function print(result: BenchResult, { json }: BenchOptions, { io }: Context): void {
  if (json) return writeJson(io, result);
  io.out.write(benchTable(result, io.out));
  io.out.write('next   ./lab bench --history\n');
}

async function follow(
  client: LabdClient,
  id: string,
  onEvent: (event: BenchEvent) => void,
): Promise<Extract<BenchEvent, { type: 'result' } | { type: 'failed' }>> {
  for await (const event of client.events('GET /api/benches/{bench}/events', { path: { bench: id }, query: { owner: '1' } })) {
    onEvent(event);
    if (event.type !== 'part') return event;
  }
  throw new Problem({
    what: 'labd ended during a bench.',
    why: 'its event stream broke off',
    do: 'run it again: the next start cleans up what is left',
    code: 'E_LABD_GONE',
    exit: 1,
  });
}
