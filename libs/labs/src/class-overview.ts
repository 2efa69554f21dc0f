import { calibrationOf, type Calibration } from './calibration.ts';
import { rankGames, type GameRanking } from './gameday/ranking.ts';
import { classGainText } from './knowledge/knowledge-test.ts';
import type { LabLog, StepLog } from './lablog.ts';

/** Where a class stands: learners × steps, and what the first predictions were. Plain JSON. */
export interface ClassOverview {
  readonly columns: readonly ClassColumn[];
  /** Most stuck first. */
  readonly rows: readonly ClassRow[];
  /** Names that several learners have: they are told apart by the ids in their logs. */
  readonly sameNames: readonly string[];
  readonly games: readonly GameRanking[];
  /** What the test says that the class has learned, in words; null until somebody took it twice. */
  readonly gain: string | null;
  /** Of all learners together. */
  readonly calibration: readonly Calibration[];
}

export interface ClassColumn {
  readonly stage: number;
  readonly labTitle: string;
  readonly step: string;
  /** From 1. */
  readonly number: number;
  readonly title: string;
  /** First predictions that were right altogether, of those that were judged; null where nothing is predicted. */
  readonly right: { readonly right: number; readonly of: number } | null;
  /** Of each question what was said most often and was not so; the most often said first. */
  readonly wrong: readonly WrongAnswer[];
  /** What learners wrote at the end of the step. */
  readonly reflections: readonly { readonly learner: string; readonly text: string }[];
}

export interface WrongAnswer {
  readonly about: string;
  readonly said: string;
  /** The tier that was named, to show it on the topology; null where none was. */
  readonly tier: string | null;
  readonly times: number;
  /** Why learners said so; those who gave no reason are not in it. */
  readonly why: readonly { readonly reason: string; readonly sure: string | null }[];
}

export interface ClassRow {
  readonly id: string;
  /** With the id behind it where another learner has the same name. */
  readonly learner: string;
  readonly calibration: readonly Calibration[];
  readonly cells: readonly ClassCell[];
  /** The last run of each step, to open it; null where there is none. */
  readonly runs: readonly (string | null)[];
}

export type ClassCell =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'passed' }
  | { readonly kind: 'tries'; readonly tries: number }
  | { readonly kind: 'hint'; readonly level: number }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'refused'; readonly times: number }
  | { readonly kind: 'broke'; readonly times: number }
  | { readonly kind: 'open'; readonly minutes: number };

/** Of several logs of one learner, which is one id, the newest counts. */
export function classOverview(logs: readonly LabLog[]): ClassOverview {
  const newest = new Map<string, LabLog>();
  for (const log of logs.toSorted((a, b) => (a.exportedAt < b.exportedAt ? -1 : 1))) newest.set(log.id, log);
  const sameNames = severalTimes([...newest.values()].map(({ learner }) => learner));
  const all = [...newest.values()].map((log) =>
    sameNames.includes(log.learner) ? { ...log, learner: `${log.learner} (${log.id})` } : log,
  );
  const columns = columnsOf(all);
  const rows = all.map((log) => {
    const steps = columns.map((column) => stepIn(log, column));
    return {
      id: log.id,
      learner: log.learner,
      calibration: calibrationOf(stepsOf(log)),
      cells: steps.map((step) => cellOf(step, log.exportedAt)),
      runs: steps.map((step) => step?.runs.at(-1) ?? null),
    };
  });
  return {
    columns,
    rows: rows.toSorted((a, b) => stuckness(b) - stuckness(a) || a.learner.localeCompare(b.learner)),
    sameNames,
    games: rankGames(all),
    gain: classGainText(all.map(({ test }) => test)),
    calibration: calibrationOf(all.flatMap(stepsOf)),
  };
}

function stepsOf({ labs }: LabLog): readonly StepLog[] {
  return labs.flatMap(({ steps }) => steps);
}

function severalTimes(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].sort((a, b) => a.localeCompare(b));
}

/** `✓`, `2 tries`, `hint 3`, `refused ×2`, `lab broke`, `open 14 min`, `skipped`. */
export function cellText(cell: ClassCell): string {
  switch (cell.kind) {
    case 'untouched':
      return '';
    case 'passed':
      return '✓';
    case 'tries':
      return `${cell.tries} tries`;
    case 'hint':
      return `hint ${cell.level}`;
    case 'skipped':
      return 'skipped';
    case 'refused':
      return `refused ×${cell.times}`;
    case 'broke':
      return 'lab broke';
    case 'open':
      return `open ${cell.minutes} min`;
  }
}

/** Every step anybody's log has, in order of stages and steps; labs nobody has begun are left out. */
function columnsOf(logs: readonly LabLog[]): ClassColumn[] {
  const labs = new Map<number, LabLog['labs'][number]>();
  for (const lab of logs.flatMap((log) => log.labs)) {
    if (lab.steps.some((step) => step.state !== 'untouched')) labs.set(lab.stage, lab);
  }
  return [...labs.values()]
    .sort((a, b) => a.stage - b.stage)
    .flatMap(({ stage, title: labTitle, steps }) =>
      steps.map(({ step, title }, index) => {
        const own = logs.flatMap((log) => stepIn(log, { stage, step }) ?? []);
        const reflections = logs.flatMap((log) => {
          const text = stepIn(log, { stage, step })?.reflection ?? '';
          return text === '' ? [] : [{ learner: log.learner, text }];
        });
        return { stage, labTitle, step, number: index + 1, title, right: rightOf(own), wrong: wrongAnswers(own), reflections };
      }),
    );
}

function stepIn(log: LabLog, { stage, step }: { readonly stage: number; readonly step: string }): StepLog | null {
  return log.labs.find((lab) => lab.stage === stage)?.steps.find((one) => one.step === step) ?? null;
}

function cellOf(step: StepLog | null, exportedAt: string): ClassCell {
  if (step === null || step.state === 'untouched') return { kind: 'untouched' };
  if (step.state === 'skipped') return { kind: 'skipped' };
  if (step.state === 'passed') {
    if (step.hints > 0) return { kind: 'hint', level: step.hints };
    return step.tries > 1 ? { kind: 'tries', tries: step.tries } : { kind: 'passed' };
  }
  // Waiting for a run that the machine, not the learner, keeps from being judged.
  const waits = step.prediction !== null && step.prediction.answers.every((answer) => answer.outcome === null);
  if (waits && step.broke > 0 && step.broke >= step.refused) return { kind: 'broke', times: step.broke };
  if (waits && step.refused > 0) return { kind: 'refused', times: step.refused };
  return { kind: 'open', minutes: minutesBetween(step.startedAt ?? exportedAt, exportedAt) };
}

function minutesBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
}

/** Unjudged predictions count for nobody; “not sure” counts as not right. */
function rightOf(steps: readonly StepLog[]): ClassColumn['right'] {
  const judged = steps.flatMap(({ prediction }) => {
    const answers = prediction?.answers.filter((answer) => answer.outcome !== null && answer.outcome !== 'not-shown') ?? [];
    return answers.length === 0 ? [] : [answers.every((answer) => answer.outcome === 'right')];
  });
  return judged.length === 0 ? null : { right: judged.filter(Boolean).length, of: judged.length };
}

function wrongAnswers(steps: readonly StepLog[]): WrongAnswer[] {
  const counted = new Map<string, WrongAnswer>();
  for (const prediction of steps.flatMap((step) => step.prediction ?? [])) {
    const reason = prediction.why === '' ? [] : [{ reason: prediction.why, sure: prediction.sure }];
    for (const { about, said, tier, outcome } of prediction.answers) {
      if (outcome !== 'differs') continue;
      const key = JSON.stringify([about, said]);
      const { times = 0, why = [] } = counted.get(key) ?? {};
      counted.set(key, { about, said, tier, times: times + 1, why: [...why, ...reason] });
    }
  }
  const commonest = new Map<string, WrongAnswer>();
  for (const answer of [...counted.values()].toSorted((a, b) => b.times - a.times)) {
    if (!commonest.has(answer.about)) commonest.set(answer.about, answer);
  }
  return [...commonest.values()];
}

/** Minutes in open steps weigh most, then what the lab owes, then hints and tries. */
function stuckness({ cells }: ClassRow): number {
  const weights = cells.map((cell): number => {
    switch (cell.kind) {
      case 'open':
        return 100 + cell.minutes;
      case 'refused':
      case 'broke':
        return 50 * cell.times;
      case 'hint':
        return cell.level;
      case 'tries':
        return cell.tries / 10;
      default:
        return 0;
    }
  });
  return weights.reduce((sum, weight) => sum + weight, 0);
}
