import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createStore } from '@loadstair/runs';
import { stageByNumber } from '@loadstair/stages';
import { applySettings } from '@loadstair/topology';
import type { Verdict } from '@loadstair/analysis';
import type { Context } from '../commands/context.ts';
import { shutdown } from '../commands/run.ts';
import { followRun } from '../follow-run.ts';
import { injectionsByName } from '../injections/catalogue.ts';
import { disturb, type Disturbance } from '../injections/disturb.ts';
import { needsControl, type Injection } from '../injections/injection.ts';
import { expectedText, judge, scoreOf, type Judged } from '../injections/judge.ts';
import { onInterrupt, type Interruption } from '../interruption.ts';
import { LAB_FOLDER, needLabd, type LabdClient } from '../labd-client.ts';
import { CliProblem } from '../problem.ts';
import { needTools } from '../tools.ts';
import { injectedHeading, injectedLine, injectedSummary } from '../view/injected-view.ts';
import { plainView } from '../view/run-view.ts';
import { FIXTURES, fixtureOf, NOT_MET } from './agreement.ts';

export interface InjectedOptions {
  readonly quick: boolean;
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  /** Keep the runs as recorded ones. */
  readonly record: boolean;
}

interface Measured {
  readonly run: string;
  readonly verdict: Verdict;
}

/** What is run: an injection, or the same stage and profile without one. */
type Trial = Pick<Injection, 'stage' | 'profile' | 'set' | 'disturbance'>;

/** Runs known causes, each against a control of the same stage and profile, and scores what was named. Gives the exit status. */
export async function verifyInjected(names: readonly string[], options: InjectedOptions, context: Context): Promise<number> {
  const { io } = context;
  const chosen = injectionsByName(names);
  for (const { stage, set } of chosen) {
    await needTools(applySettings(stageByNumber(stage).topology, set), io, { yes: options.yes, path: context.environment['PATH'] ?? '' });
  }
  const interruption = onInterrupt(io, 'Stopping: hosts are ended; the injection that runs is not counted.');
  const { client, started } = await needLabd(options.instance).catch((error: unknown) => {
    interruption.end();
    throw error;
  });
  const controls = new Map<string, Measured>();
  const judged: (Judged & { readonly run: string })[] = [];
  const measure = (trial: Trial): Promise<Measured> => measureOnce(client, trial, options, interruption, context);
  /** A run that was refused for no reason of its own is repeated once. */
  const measureTwice = async (trial: Trial): Promise<Measured> => {
    const first = await measure(trial);
    return first.verdict.kind === 'refused' && interruption.status() === null ? measure(trial) : first;
  };
  if (!options.json) io.out.write(`${injectedHeading(io.out)}\n`);
  try {
    for (const injection of chosen) {
      const { stage, profile, expected } = injection;
      const pair = `${stage} ${profile ?? ''}`;
      if (needsControl(injection) && !controls.has(pair)) {
        controls.set(pair, await measureTwice({ stage, profile, set: [], disturbance: null }));
      }
      if (interruption.status() !== null) break;
      const measured = expected.kind === 'refused' ? await measure(injection) : await measureTwice(injection);
      if (interruption.status() !== null) break;
      const one = judge(injection, measured.verdict, controls.get(pair)?.verdict ?? null);
      judged.push({ ...one, run: measured.run });
      if (!options.json) io.out.write(`${injectedLine(one, io.out)}\n`);
      if (options.record && one.as !== 'moved-nothing') record(injection, measured.run);
    }
  } catch (error) {
    if (interruption.status() === null) throw error;
  } finally {
    interruption.end();
    // A lab that was up before stays up.
    if (started) await shutdown(client);
  }
  const interrupted = interruption.status();
  if (interrupted !== null) return interrupted;
  const score = scoreOf(judged);
  if (options.json) io.out.write(`${JSON.stringify({ schema: 1, ...score, injections: judged.map(asJson) })}\n`);
  else for (const line of injectedSummary(judged, score)) io.out.write(`${line}\n`);
  return score.met ? 0 : NOT_MET;
}

async function measureOnce(
  client: LabdClient,
  trial: Trial,
  options: InjectedOptions,
  interruption: Interruption,
  { io }: Context,
): Promise<Measured> {
  const view = plainView(io.err);
  let disturbance: Promise<Disturbance> | null = null;
  try {
    const outcome = await followRun(
      client,
      { stage: trial.stage, profile: trial.profile, set: trial.set, quick: options.quick },
      (event) => {
        view.event(event);
        if (event.type === 'step-started' && event.kind === 'load' && trial.disturbance !== null) {
          disturbance ??= disturb(trial.disturbance, options.instance);
          // Whoever awaits it below says what went wrong.
          disturbance.catch(() => {});
        }
      },
      (run) => interruption.stopWith(() => client.post(`/api/runs/${run}/stop`)),
    );
    if (outcome.type === 'failed') throw new CliProblem(outcome.problem);
    return { run: outcome.run, verdict: outcome.verdict };
  } finally {
    view.end();
    await (disturbance as Promise<Disturbance> | null)?.then((one) => one.stop());
  }
}

/** Keeps a run, so that a changed engine is tried on it for ever. */
function record(injection: Injection, run: string): void {
  mkdirSync(FIXTURES, { recursive: true });
  const fixture = fixtureOf(injection, createStore(LAB_FOLDER).open(run).runData);
  writeFileSync(join(FIXTURES, `injected-${injection.name}.json.gz`), gzipSync(JSON.stringify(fixture), { level: 9 }));
}

function asJson({ injection, as, said, load, controlLoad, moved, run }: Judged & { readonly run: string }): Record<string, unknown> {
  const { name, stage, profile, set, mechanism, expected } = injection;
  return { name, stage, profile, set, mechanism, expected: expectedText(expected), named: said, load, control: controlLoad, moved, judged: as, run };
}
