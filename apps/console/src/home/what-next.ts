import type { MeasuredAnswer } from '@loadstair/lab-api';
import type { LabSummary } from '@loadstair/labs';
import { aboutWords, RUN_TAKES_S } from '@loadstair/load/durations';
import { labHref } from '../guided/use-labs.ts';

/** Something worth doing now. */
export interface NextThing {
  readonly title: string;
  readonly why: string;
  readonly href: string;
  readonly button: string;
}

const MOST = 3;

/**
 * What to do next, the most useful first: it follows from what was run, measured and learned so far.
 *
 * @param measures whether runs are measured here; recorded ones are only shown
 */
export function nextThings(measured: MeasuredAnswer, runs: number, labs: readonly LabSummary[], measures = true): readonly NextThing[] {
  const [first] = measured.steps;
  if (!measures) return [...lessons(labs), ...comparisons(measured)];
  if (runs === 0 && first !== undefined)
    return [
      {
        title: `Run stage ${first.stage}: ${first.title}`,
        why: `Load rises until something runs out. The lab then names what ran out, and at which load. A run takes ${aboutWords(RUN_TAKES_S.full)}.`,
        href: `/stages/${first.stage}`,
        button: 'Open the stage',
      },
      ...lessons(labs),
    ];
  return [...lessons(labs), ...measurements(measured), ...comparisons(measured)].slice(0, MOST);
}

/** The lab that was begun; where none was, the first that is left. */
function lessons(labs: readonly LabSummary[]): NextThing[] {
  const open = labs.filter(({ next }) => next !== null);
  const lab = open.find(({ begun }) => begun) ?? open[0];
  if (lab?.next == null) return [];
  const { stage, title, begun, done, steps, next } = lab;
  return [
    begun
      ? {
          title: `Continue lab ${stage}: ${title}`,
          why: `${done} of ${steps} steps are done. Next: ${next.title}.`,
          href: labHref(lab),
          button: 'Continue',
        }
      : {
          title: `Take lab ${stage}: ${title}`,
          why: 'Predict what will happen, run it, and see what happened.',
          href: labHref(lab),
          button: 'Start',
        },
  ];
}

/** The first stage that has no capacity yet. */
function measurements({ steps, profiles }: MeasuredAnswer): NextThing[] {
  const known = new Set(profiles.flatMap(({ cells }) => cells.flatMap(({ stage, capacity }) => (capacity === null ? [] : [stage]))));
  const missing = steps.find(({ kind, stage }) => kind === 'built' && !known.has(stage));
  if (missing === undefined) return [];
  return [
    {
      title: `Measure stage ${missing.stage}: ${missing.title}`,
      why: 'No full run on this machine has found its capacity yet.',
      href: `/stages/${missing.stage}`,
      button: 'Open the stage',
    },
  ];
}

/** The profile under which most stages have a capacity. */
function comparisons({ profiles }: MeasuredAnswer): NextThing[] {
  const most = profiles
    .map(({ profile, cells }) => ({ profile, stages: cells.flatMap(({ stage, capacity }) => (capacity === null ? [] : [stage])) }))
    .toSorted((a, b) => b.stages.length - a.stages.length)[0];
  if (most === undefined || most.stages.length < 2) return [];
  const { profile, stages } = most;
  return [
    {
      title: `Compare the ${stages.length} stages measured under ${profile}`,
      why: 'The staircase shows how much load each stage can take, with intervals, and which differences are real.',
      href: `/compare?stages=${stages.join(',')}&profile=${profile}`,
      button: 'Compare',
    },
  ];
}
