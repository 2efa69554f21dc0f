import { RUN_TAKES_S } from '@loadstair/load/durations';
import type { Topology } from '@loadstair/topology';
import { readGuide } from './guide.ts';
import type { Block } from './prose.ts';
import type { Question } from './question.ts';
import type { StepAction } from './seen.ts';

/** A guided lab of one stage: the same in the terminal and on a page. */
export interface Lab {
  readonly stage: number;
  readonly slug: string;
  readonly title: string;
  readonly goal: readonly Block[];
  readonly background: readonly Block[];
  readonly steps: readonly LabStep[];
}

export interface LabStep {
  readonly id: string;
  readonly title: string;
  /** The lab is done without it. */
  readonly optional: boolean;
  readonly text: readonly Block[];
  readonly action: StepAction;
  /** About how long what runs takes, s: long form and quick one. */
  readonly takesS: { readonly full: number; readonly quick: number };
  /** What this step is about, settings applied. */
  readonly topology: Topology;
  /** What a prediction can start from. */
  readonly anchor: readonly Block[];
  readonly predict: readonly AskedQuestion[];
  readonly check: readonly AskedQuestion[];
  /** What happened and why; shown after the checks. */
  readonly why: readonly Block[];
  readonly reflect: string | null;
}

/** A question with its words. */
export interface AskedQuestion {
  readonly key: string;
  readonly ask: string;
  readonly question: Question;
}

/** What a stage's lab.ts declares; its words stand in guide.md under the same keys. */
export interface StepSpec {
  /** Lower-case word, unique in the lab; progress is kept under it. */
  readonly id: string;
  readonly action: StepAction;
  readonly topology?: Topology;
  readonly predict?: Readonly<Record<string, Question>>;
  readonly check: Readonly<Record<string, Question>>;
}

const NOTHING_RUNS = { full: 0, quick: 0 } as const;

export class BadLab extends Error {
  constructor(slug: string, why: string) {
    super(`The lab of ${slug} does not fit its guide.md: ${why}.`);
    this.name = 'BadLab';
  }
}

/** Joins structure and words. Throws BadLab and BadGuide. */
export function defineLab(topology: Topology, guideMarkdown: string, specs: readonly StepSpec[]): Lab {
  const { stage, slug } = topology;
  const { title, goal, background, steps } = readGuide(guideMarkdown);
  if (steps.length !== specs.length) throw new BadLab(slug, `it has ${specs.length} steps, the guide ${steps.length}`);
  if (new Set(specs.map((spec) => spec.id)).size < specs.length) throw new BadLab(slug, 'two steps have one id');
  return {
    stage,
    slug,
    title,
    goal,
    background,
    steps: specs.map((spec, index) => {
      const guide = steps[index] as (typeof steps)[number];
      const ask = (part: 'predict' | 'check'): AskedQuestion[] => join(slug, `${spec.id} ${part}`, spec[part] ?? {}, guide[part]);
      return {
        id: spec.id,
        title: guide.title,
        optional: guide.optional,
        text: guide.text,
        action: spec.action,
        takesS: takesOf(spec.action),
        topology: spec.topology ?? topology,
        anchor: guide.anchor,
        predict: ask('predict'),
        check: ask('check'),
        why: guide.why,
        reflect: guide.reflect,
      };
    }),
  };
}

/** `./lab run 3`, `./lab experiment kill-web`; null where nothing runs, or the learner chooses the settings. */
export function commandOf(action: StepAction, quick: boolean): string | null {
  const short = quick ? ' --quick' : '';
  switch (action.kind) {
    case 'look':
      return null;
    case 'fix':
      return null;
    case 'run':
      return `./lab run ${action.stage}${action.set.map((set) => ` --set ${set}`).join('')}${short}`;
    case 'experiment':
      return `./lab experiment ${action.experiment.name}${short}`;
  }
}

function takesOf(action: StepAction): LabStep['takesS'] {
  switch (action.kind) {
    case 'look':
      return NOTHING_RUNS;
    case 'run':
    case 'fix':
      return RUN_TAKES_S;
    case 'experiment':
      return action.experiment.takesS;
  }
}

function join(
  slug: string,
  where: string,
  questions: Readonly<Record<string, Question>>,
  words: Readonly<Record<string, string>>,
): AskedQuestion[] {
  const extra = Object.keys(words).find((key) => !(key in questions));
  if (extra !== undefined) throw new BadLab(slug, `${where} has no question ${extra}`);
  return Object.entries(questions).map(([key, question]) => {
    const ask = words[key];
    if (ask === undefined) throw new BadLab(slug, `its guide does not ask ${key} (${where})`);
    return { key, ask, question };
  });
}
