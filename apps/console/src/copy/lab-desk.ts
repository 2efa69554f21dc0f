import type { StageAnswer } from '@loadstair/lab-api';
import type { Sent } from '@loadstair/lab-api/client';
import { deskAnswers, placeOf } from '@loadstair/lab-api/desk-answers';
import { Problem } from '@loadstair/kit';
import { createDesk, type At } from '@loadstair/labs';
import { labs } from '@loadstair/stages/labs';
import { notCopied } from '../lab/copy.ts';
import { LabError } from '../lab/lab-error.ts';
import { allRuns, answerAt } from '../lab/read-copy.ts';
import { copiedRuns } from './copied-runs.ts';
import { progressHere } from './progress-here.ts';
import { recordedRun } from './recorded-run.ts';

/** What a body that leaves something out means. */
const UNSAID = { learner: '', quick: false, why: '', sure: null, set: [] } as const;
const RUN = /^POST \/api\/labs\/(?<lab>[^/]+)\/steps\/(?<step>[^/]+)\/run$/;
const BAD_REQUEST = 400;

const progress = progressHere(localStorage);
const runs = copiedRuns();
const desk = createDesk({ labs, progress, runs });
const answers = deskAnswers(desk, (learner) => ({ id: progress.idOf(learner), games: [], test: { before: null, after: null } }));
/** Those without a parameter first: they look like one with it. */
const routes = Object.entries(answers)
  .toSorted(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))
  .map(([name, answer]) => ({
    pattern: new RegExp(`^${name.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    // The table gives each its own type of argument; here, where all are called alike, none is left.
    answer: answer as (taken: unknown) => unknown,
  }));

/**
 * The guided labs in this page: the desk of labd and of the terminal, on recorded runs, with progress in the storage of the browser.
 *
 * @throws LabError
 */
export async function labAnswer({ method, address, body }: Sent): Promise<unknown> {
  const { pathname, searchParams } = new URL(address, 'http://labd');
  const name = `${method} ${pathname}`;
  const query = Object.fromEntries(searchParams);
  const sent: { readonly learner: string; readonly quick: boolean; readonly set: readonly string[] } = {
    ...UNSAID,
    ...(body as object | undefined),
  };
  try {
    await runs.need(usedBy(query['learner'] ?? sent.learner));
    const place = RUN.exec(name)?.groups;
    if (place !== undefined) return await played(placeOf(decoded(place), sent), sent.set);
    for (const { pattern, answer } of routes) {
      const path = pattern.exec(name);
      if (path !== null) return answer({ path: decoded(path.groups ?? {}), query, body: sent });
    }
  } catch (error) {
    if (error instanceof Problem) throw asLabError(error);
    throw error;
  }
  throw notCopied();
}

/** Judges the recorded run of what a step runs: nobody has to wait for it. */
async function played(at: At, set: readonly string[]): Promise<{ readonly run: string }> {
  const action = desk.toRun(at, set);
  const run = recordedRun(await allRuns(), (await answerAt('/api/stages')) as readonly StageAnswer[], action, at.quick);
  if (run === null)
    throw new Problem({
      what: 'This was not recorded, and nothing can be run here.',
      why: 'a copy without a server has recorded runs alone',
      do: 'skip the step',
      code: 'E_NOT_COPIED',
      exit: 2,
    });
  await runs.need([run]);
  desk.ran(at, run);
  return { run };
}

/** Ids of all runs that a learner’s steps were judged by. */
function usedBy(learner: string): string[] {
  if (learner === '') return [];
  return labs.flatMap(({ stage }) =>
    desk.progress(learner, stage).steps.flatMap(({ attempts }) => attempts.flatMap(({ run }) => (run === null ? [] : [run]))),
  );
}

function decoded(groups: Readonly<Record<string, string>>): { readonly lab: string; readonly step: string } {
  return { lab: decodeURIComponent(groups['lab'] ?? ''), step: decodeURIComponent(groups['step'] ?? '') };
}

function asLabError({ what, why, do: advice, code, exit }: Problem): LabError {
  return new LabError({ kind: 'problem', status: BAD_REQUEST, problem: { what, why, do: advice, code, exit } });
}
