import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Verdict } from '@loadstair/analysis';
import { createStore, type RunEvent } from '@loadstair/runs';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { injectionsByName, needsControl, settingsOf, type Injection } from '@loadstair/stages';
import { disturb, type Disturbance, expectedText, fixtureOf, FIXTURES, judge, type Judged, NOT_MET, scoreOf } from '@loadstair/verify';
import { injectedHeading, injectedLine, injectedSummary } from '@loadstair/terminal-view/injected-view';
import { writeJson } from '../commands/answer.ts';
import type { Context } from '../commands/context.ts';
import { oneRun } from '../one-run.ts';
import { trustedRun } from './trusted-run.ts';

export interface InjectedOptions {
  readonly instance: number;
  readonly yes: boolean;
  readonly json: boolean;
  /** Keep the runs as recorded ones. */
  readonly record: boolean;
}

/** Runs known causes, each against a control of the same stage, and scores what was named. Gives the exit status. */
export async function verifyInjected(names: readonly string[], options: InjectedOptions, context: Context): Promise<number> {
  const { io } = context;
  const chosen = injectionsByName(names);
  const controls = new Map<string, Verdict>();
  const judged: (Judged & { readonly run: string })[] = [];
  if (!options.json) io.out.write(`${injectedHeading(io.out)}\n`);
  for (const injection of chosen) {
    const { stage, profile, expected, on = [], against = profile } = injection;
    const pair = `${stage} ${against ?? ''} ${on.join(' ')}`;
    if (needsControl(injection) && !controls.has(pair)) {
      const control = await measure({ stage, profile: against, set: on, disturbance: null }, trustedRun, options, context);
      if (control.kind === 'interrupted') return control.status;
      controls.set(pair, control.verdict);
    }
    const trial = { ...injection, set: settingsOf(injection) };
    const measured = await measure(trial, expected.kind === 'refused' ? oneRun : trustedRun, options, context);
    if (measured.kind === 'interrupted') return measured.status;
    const one = judge(injection, measured.verdict, controls.get(pair) ?? null);
    judged.push({ ...one, run: measured.run });
    if (!options.json) io.out.write(`${injectedLine(one, io.out)}\n`);
    // A run that was refused against expectation says nothing of the engine.
    if (options.record && one.as !== 'moved-nothing' && (expected.kind === 'refused' || measured.verdict.kind !== 'refused')) {
      record(injection, measured.run);
    }
  }
  const score = scoreOf(judged);
  if (options.json) writeJson(io, { ...score, injections: judged.map(asJson) });
  else for (const line of injectedSummary(judged, score)) io.out.write(`${line}\n`);
  return score.met ? 0 : NOT_MET;
}

type Measured =
  | { readonly kind: 'measured'; readonly run: string; readonly verdict: Verdict }
  | { readonly kind: 'interrupted'; readonly status: number };

/** What is run: an injection, or the same stage and profile without one. */
type Trial = Pick<Injection, 'stage' | 'profile' | 'set' | 'disturbance'>;

/** One run, made by `run`, with its disturbance from the first step of load on. */
async function measure(trial: Trial, run: typeof oneRun, options: InjectedOptions, context: Context): Promise<Measured> {
  const { stage, profile, set } = trial;
  const begun: Promise<Disturbance>[] = [];
  const onEvent = (event: RunEvent): void => {
    if (trial.disturbance === null || begun.length > 0 || event.type !== 'step-started' || event.kind !== 'load') return;
    const disturbance = disturb(trial, options.instance);
    // Whoever awaits it below says what went wrong.
    disturbance.catch(() => {});
    begun.push(disturbance);
  };
  try {
    const ran = await run({ stage, profile, set, quick: true }, { ...options, onEvent }, context);
    if (ran.kind === 'interrupted') return ran;
    if (ran.interrupted !== null) return { kind: 'interrupted', status: ran.interrupted };
    return { kind: 'measured', run: ran.outcome.run, verdict: ran.outcome.verdict };
  } finally {
    for (const disturbance of begun) (await disturbance).stop();
  }
}

/** Keeps a run, so that a changed engine is tried on it for ever. */
function record(injection: Injection, run: string): void {
  mkdirSync(FIXTURES, { recursive: true });
  const fixture = fixtureOf(injection, createStore(LAB_FOLDER).open(run).runData);
  writeFileSync(join(FIXTURES, `injected-${injection.name}.json.gz`), gzipSync(JSON.stringify(fixture), { level: 9 }));
}

function asJson({ injection, as, said, load, controlLoad, moved, run }: Judged & { readonly run: string }): Record<string, unknown> {
  const { name, stage, profile, mechanism, expected } = injection;
  return {
    name,
    stage,
    profile,
    set: settingsOf(injection),
    mechanism,
    expected: expectedText(expected),
    named: said,
    load,
    control: controlLoad,
    moved,
    judged: as,
    run,
  };
}
