import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { diagnose, rate, resourceName, type RunData, type Verdict } from '@loadstair/analysis';
import { stageByNumber, stages } from '@loadstair/stages';
import { followRun } from '../follow-run.ts';
import { onInterrupt } from '../interruption.ts';
import { needLabd, REPO_FOLDER } from '../labd-client.ts';
import { CliProblem } from '../problem.ts';
import { needTools } from '../tools.ts';
import { plainView } from '../view/run-view.ts';
import { shutdown } from './run.ts';
import { number, type Context } from './context.ts';

/** A run that was kept, with what its verdict must be. */
interface Fixture {
  readonly about: string;
  readonly expected: {
    readonly kind: Verdict['kind'];
    readonly tier?: string;
    readonly resource?: string;
    readonly notTier?: string;
    readonly codes?: readonly string[];
  };
  readonly run: RunData;
}

const FIXTURES = join(REPO_FOLDER, 'libs', 'analysis', 'fixtures');
const NOT_MET = 5;

/** verify: does the measured verdict agree with the catalogue? Tests the lab, not a stage. */
export function register(program: Command, context: Context): void {
  program
    .command('verify')
    .description('check that measured verdicts agree with the catalogue')
    .argument('[stages...]', 'stages to run (default: all)')
    .option('--times <n>', 'runs of each stage', number('times', 1, 100, true), 1)
    .option('--recorded', 'diagnose the recorded runs again; nothing is run', false)
    .option('--quick', 'short runs', false)
    .option('--instance <n>', 'instance of the lab', number('instance', 1, 120, true), 1)
    .option('--yes', 'install what is missing without asking', false)
    .addHelpText('after', '\nExamples:\n  ./lab verify 1 2 3 --times 3\n  ./lab verify --recorded\n\nExit status 5 when a verdict differs.')
    .action(async (texts: string[], options: { times: number; recorded: boolean; quick: boolean; instance: number; yes: boolean }) => {
      if (options.recorded) return context.exit(verifyRecorded(context));
      const numbers = texts.length === 0 ? stages.map((_, index) => index + 1) : texts.map(number('stage', 1, 99, true));
      context.exit(await verifyRuns(numbers, options, context));
    });
}

function verifyRecorded({ io }: Context): number {
  const files = existsSync(FIXTURES)
    ? readdirSync(FIXTURES)
        .filter((file) => file.endsWith('.json.gz'))
        .sort()
    : [];
  if (files.length === 0)
    throw new CliProblem({
      what: 'There are no recorded runs.',
      why: `${FIXTURES} is empty`,
      do: './lab verify 1 2 3',
      code: 'E_NO_FIXTURES',
      exit: 1,
    });
  let wrong = 0;
  for (const file of files) {
    const fixture = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, file))).toString('utf8')) as Fixture;
    const verdict = diagnose(fixture.run);
    const agrees = agreesWith(verdict, fixture.expected);
    if (!agrees) wrong += 1;
    io.out.write(`${agrees ? io.out.marks.good : io.out.marks.bad} ${file.replace('.json.gz', '').padEnd(34)} ${describe(verdict)}\n`);
  }
  io.out.write(`${files.length - wrong} of ${files.length} agree\n`);
  return wrong === 0 ? 0 : NOT_MET;
}

async function verifyRuns(
  numbers: readonly number[],
  options: { times: number; quick: boolean; instance: number; yes: boolean },
  context: Context,
): Promise<number> {
  const { io } = context;
  let wrong = 0;
  for (let time = 0; time < options.times; time += 1) {
    for (const stageNumber of numbers) {
      const stage = stageByNumber(stageNumber);
      await needTools(stage.topology, io, { yes: options.yes, path: context.environment['PATH'] ?? '' });
      const interruption = onInterrupt(io, 'Stopping: hosts are ended; no verdict is counted.');
      const { client } = await needLabd(options.instance).catch((error: unknown) => {
        interruption.end();
        throw error;
      });
      const view = plainView(io.err);
      try {
        if (interruption.status() !== null) return interruption.status() as number;
        const outcome = await followRun(
          client,
          { stage: stageNumber, quick: options.quick },
          (event) => view.event(event),
          (run) => interruption.stopWith(() => client.post(`/api/runs/${run}/stop`)),
        );
        if (interruption.status() !== null) return interruption.status() as number;
        if (outcome.type === 'failed') throw new CliProblem(outcome.problem);
        const agrees = agreesWith(outcome.verdict, { kind: 'named', ...stage.expected });
        if (!agrees) wrong += 1;
        io.out.write(
          `${agrees ? io.out.marks.good : io.out.marks.bad} ${stageNumber} ${stage.topology.slug.padEnd(18)} ${describe(outcome.verdict)}   run ${outcome.run}\n`,
        );
      } finally {
        view.end();
        interruption.end();
        await shutdown(client);
      }
    }
  }
  const all = numbers.length * options.times;
  io.out.write(`${all - wrong} of ${all} agree with the catalogue\n`);
  return wrong === 0 ? 0 : NOT_MET;
}

function agreesWith(verdict: Verdict, expected: Fixture['expected']): boolean {
  if (verdict.kind !== expected.kind) return false;
  if (verdict.kind === 'named') {
    if (expected.notTier !== undefined) return verdict.tier !== expected.notTier;
    return verdict.tier === expected.tier && verdict.resource === expected.resource;
  }
  if (verdict.kind === 'refused') return (expected.codes ?? []).every((code) => verdict.codes.some((one) => one === code));
  return true;
}

function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return `${resourceName(verdict)} at ${rate(verdict.load)}/s, λ* ${rate(verdict.saturation)}, sure ${verdict.confidence.toFixed(2)}`;
    case 'refused':
      return `refused: ${verdict.codes.join(', ')}`;
    default:
      return verdict.kind;
  }
}
