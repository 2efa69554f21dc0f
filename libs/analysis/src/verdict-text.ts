import { auditLines } from './audit.ts';
import { backgroundText } from './background.ts';
import { confirmationRows, type Confirmation } from './confirmation.ts';
import { AT_LIMIT, interval, moduleOf, percent, rate, rateWithInterval, useIn, type ResourceKind } from '@loadstair/resources';
import { failuresText, refusedConnectionsText } from './failures.ts';
import { capitalised, resourceName } from './format.ts';
import { databaseLines } from './database-lines.ts';
import { trafficLines } from './traffic.ts';
import { imbalanceText } from './imbalance.ts';
import { takenOutText } from './taken-out.ts';
import { withoutEdgeText } from './without-edge.ts';
import type { RunData } from './run-data.ts';
import type {
  BackgroundUse,
  Named,
  NoneInRange,
  Refused,
  RefusalCode,
  RunnerUp,
  TakenOut,
  Unexplained,
  Verdict,
  WithoutEdge,
} from './verdict.ts';

/** Facts of what nothing explains that are printed; the report has all of them. */
const KNOWN_SHOWN = 5;
/** As many times the named limit: a next one further up is not in sight. */
const IN_SIGHT = 10;

/** A verdict in words: the sentence, then labelled rows. The one text that terminal, report and JSON consumers print. */
export interface VerdictText {
  readonly mark: '▲' | '–' | '?' | '×';
  readonly sentence: string;
  readonly rows: readonly (readonly [label: string, text: string])[];
}

/** @param confirmation of a named limit, when short runs tried it */
export function verdictText(verdict: Verdict, run: RunData, confirmation: Confirmation | null = null): VerdictText {
  switch (verdict.kind) {
    case 'named':
      return namedText(verdict, run, confirmation);
    case 'none-in-range':
      return noneText(verdict, run);
    case 'unexplained':
      return unexplainedText(verdict, run);
    case 'refused':
      return refusedText(verdict);
  }
}

/** The same as lines: `▲ …`, then `  label  text`. */
export function verdictLines(verdict: Verdict, run: RunData, confirmation: Confirmation | null = null): string[] {
  const text = verdictText(verdict, run, confirmation);
  return [`${text.mark} ${text.sentence}`, ...text.rows.map(([label, row]) => `  ${label.padEnd(8)} ${row}`)];
}

function namedText(verdict: Named, run: RunData, confirmation: Confirmation | null): VerdictText {
  const rows: [string, string][] = [];
  const name = capitalised(resourceName(verdict));
  const facts = verdict.evidence.filter((evidence) => evidence.for);
  const both = verdict.with.length > 0;
  if (both) rows.push(['because', bothFull(verdict)]);
  else for (const [index, fact] of facts.entries()) rows.push([index === 0 ? 'because' : '', fact.text]);
  if (verdict.imbalance !== undefined) rows.push(['', imbalanceText(verdict.imbalance)]);
  rows.push(...failedRows(verdict, run), ...besideRows(verdict));
  for (const [index, against] of verdict.evidence
    .filter((evidence) => !evidence.for)
    .slice(0, 3)
    .entries())
    rows.push([index === 0 ? 'not' : '', against.text]);
  if (both) rows.push(['so', 'relieving only one should move this load by less than 10 %']);
  if (verdict.runnerUp !== null) rows.push(['next', nextText(verdict.runnerUp)]);
  for (const [index, row] of (confirmation === null ? [] : confirmationRows(confirmation)).entries())
    rows.push([index === 0 ? 'proof' : '', row]);
  rows.push(...trafficRows(run));
  rows.push(['sure', `${verdict.confidence.toFixed(2)}, ${confirmation?.kind ?? 'inferred'}`]);
  if (confirmation === null) rows.push(['do', 'add --confirm: two short runs prove it, 3 min']);
  const proven = confirmation === null || confirmation.kind === 'inferred' ? '' : ` ${capitalised(confirmation.kind)}.`;
  const sentence = both
    ? `${name} and ${verdict.with.map(resourceName).join(' and ')} limit this run together ${loadText(verdict, '/s')}.${proven}`
    : `${name}${verdict.imbalance === undefined ? '' : ' alone'} limits this run ${loadText(verdict, ' arrivals/s')}.${proven}`;
  return { mark: '▲', sentence, rows };
}

/** `at 73.5/s (68.0–81.0)`; `below 73.5/s: no step met the SLO` where the lowest load offered was too much already. */
function loadText({ load, interval: within, onset }: Pick<Named, 'load' | 'interval' | 'onset'>, unit: '/s' | ' arrivals/s'): string {
  return onset.lastPass === null
    ? `below ${rate(load)}${unit}: no step met the SLO`
    : `at ${rate(load)}${unit} (${interval(within, load)})`;
}

/** Why requests failed in the first step that missed the SLO. */
function failedRows({ onset }: Pick<Named, 'onset'>, run: RunData): [string, string][] {
  const step = run.steps[onset.step];
  if (step === undefined) return [];
  const [failures, refused] = [failuresText(step), refusedConnectionsText(step)];
  return [
    ...(failures === null ? [] : [['failed', failures] as [string, string]]),
    ...(refused === null ? [] : [['refused', refused] as [string, string]]),
  ];
}

/** What is told beside the limit: edges that did not answer, servers that were taken out, and what was full without being it. */
function besideRows({
  withoutEdge = [],
  takenOut = [],
  background = [],
}: {
  readonly withoutEdge?: readonly WithoutEdge[];
  readonly takenOut?: readonly TakenOut[];
  readonly background?: readonly BackgroundUse[];
}): [string, string][] {
  return [
    ...withoutEdge.map((region, index): [string, string] => [index === 0 ? 'edges' : '', withoutEdgeText(region)]),
    ...takenOut.map((server, index): [string, string] => [index === 0 ? 'out' : '', takenOutText(server)]),
    ...background.map((use, index): [string, string] => [index === 0 ? 'beside' : '', backgroundText(use)]),
  ];
}

function trafficRows(run: RunData): [string, string][] {
  return [
    ...auditLines(run).map((line, index): [string, string] => [index === 0 ? 'work' : '', line]),
    ...databaseLines(run).map((line, index): [string, string] => [index === 0 ? 'data' : '', line]),
    ...trafficLines(run).map((line, index): [string, string] => [index === 0 ? 'sent' : '', line]),
  ];
}

/** Loads far beyond any that was offered are no prediction. */
function nextText(next: RunnerUp): string {
  const name = resourceName(next);
  return next.headroom > IN_SIGHT
    ? `nothing else is near its limit: ${name} has more than ${IN_SIGHT}× headroom`
    : `${name} at ${rateWithInterval(next.saturation, next.saturationInterval)}, ${next.headroom.toFixed(1)}× more`;
}

/** `95 % and 96 % busy in the same step; they run out at 51.0–58.0 and 50.0–57.0 arrivals/s` */
function bothFull(verdict: Named): string {
  const full = verdict.evidence.filter((evidence) => evidence.for && evidence.unit === 'share of limit');
  const busy = full
    .map((evidence) => percent(Math.min(1, evidence.value ?? 0)))
    .join(' and ')
    .concat(' busy');
  const steps = [...new Set(full.map((evidence) => evidence.step))];
  const when = steps.length === 1 ? 'in the same step' : `in steps ${steps.join(' and ')}`;
  const runOut = [verdict, ...verdict.with].map((one) => interval(one.saturationInterval, one.saturation)).join(' and ');
  return `${busy} ${when}; they run out at ${runOut} arrivals/s`;
}

function noneText(verdict: NoneInRange, run: RunData): VerdictText {
  const rows: [string, string][] = [];
  if (verdict.closest !== null) {
    const { closest } = verdict;
    rows.push([
      'closest',
      `${resourceName(closest)}, ${percent(closest.busy)} busy; would run out at ≈ ${rateWithInterval(closest.saturation, closest.saturationInterval)}, projected`,
    ]);
  }
  rows.push(...besideRows(verdict), ...trafficRows(run));
  if (verdict.beyond === undefined) {
    rows.push(['do', `./lab run ${run.stage.number}`]);
    return { mark: '–', sentence: `Nothing ran out up to ${rate(verdict.highest)}/s, the highest load that met the SLO.`, rows };
  }
  const [first] = verdict.beyond.checks;
  if (first !== undefined) rows.push(['measured', `${first.measured}; allowed ${first.allowed}`], ['do', first.advice]);
  const codes = verdict.beyond.codes.join(', ');
  const why = first === undefined ? codes : `${REFUSALS[first.code]}. ${codes}`;
  return { mark: '–', sentence: `Nothing ran out up to ${rate(verdict.highest)}/s. Higher loads were refused: ${why}`, rows };
}

function unexplainedText(verdict: Unexplained, run: RunData): VerdictText {
  const kinds = [...new Set(verdict.ruledOut.map((one) => one.resource))];
  const rows: [string, string][] = [['ruled out', kinds.map((kind) => ruledOutWords(kind, verdict, run)).join(', ')]];
  if (verdict.bestLeft !== null)
    rows.push(['best left', `${resourceName(verdict.bestLeft)}, ${verdict.bestLeft.confidence.toFixed(2)}: too weak to name`]);
  rows.push(...knownRows(verdict), ...failedRows(verdict, run));
  rows.push(...besideRows(verdict));
  return {
    mark: '?',
    sentence: `The site missed its SLO ${loadText(verdict, '/s')}${verdict.onset.lastPass === null ? ',' : ''} and nothing measured explains why.`,
    rows,
  };
}

/** Facts that explain nothing by themselves, for a reader who keeps looking. */
function knownRows({ evidence }: Unexplained): [string, string][] {
  if (evidence.length === 0) return [['known', 'no resource was near its limit, throttled or waited for']];
  const left = evidence.length - KNOWN_SHOWN;
  return [
    ...evidence.slice(0, KNOWN_SHOWN).map(({ text }, index): [string, string] => [index === 0 ? 'known' : '', text]),
    ...(left > 0 ? [['', `and ${left} more`] as [string, string]] : []),
  ];
}

/** `CPU of 4 hosts (≤ 71 %)`; the number is left out where a full one was explained away. */
function ruledOutWords(kind: ResourceKind, verdict: Unexplained, run: RunData): string {
  const { word, counted } = moduleOf(kind);
  if (counted === undefined) return word;
  const out = verdict.ruledOut.filter((one) => one.resource === kind).map((one) => one.tier);
  const resources = run.resources.filter((one) => one.kind === kind && out.includes(one.tier));
  const failing = run.steps[verdict.onset.step];
  const busy = Math.max(0, ...resources.map((one) => (failing === undefined ? 0 : (useIn(failing, one.id)?.busy ?? 0))));
  return `${counted(resources)}${busy >= AT_LIMIT ? '' : ` (≤ ${percent(busy)})`}`;
}

const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  INTERRUPTED: 'the run was stopped before its end',
  UNBUDGETED: 'the hosts had no CPU limits',
  GAPS: 'a host or a limit changed, or was not recorded, while load ran',
  PHYS_CPU: 'the machine was busy with something else',
  PHYS_STEAL: 'other virtual machines took CPU from this machine',
  GEN_CPU: 'the load generator had too little CPU',
  GEN_SOCKETS: 'the load generator had no file handles or ports left',
  GEN_SCHED: 'the load was not the load asked for',
  GEN_DROP: 'part of the load never started',
  FOREIGN_LOAD: 'another client used the site during the run',
  SHORT: 'too few requests to claim a percentile',
  BLIND: 'a resource could not be measured',
  MIX: 'the mix of requests was not the one planned',
  UNSTEADY: 'the site never became steady in a step that met the SLO',
  LITTLE: 'two counts of the same requests disagree',
  DRIFT: 'the speed of the machine changed',
};

function refusedText(verdict: Refused): VerdictText {
  const [first, ...others] = verdict.checks;
  const rows: [string, string][] = [];
  if (first?.code === 'UNBUDGETED') rows.push(['why', first.measured], ['do', first.advice]);
  else if (first !== undefined) {
    rows.push(['measured', `${first.measured}; allowed ${first.allowed}`]);
    rows.push(['do', first.advice]);
  }
  if (others.length > 0) rows.push(['also', others.map((check) => check.code).join(', ')]);
  const code = verdict.codes[0] as RefusalCode;
  return { mark: '×', sentence: `Refused: ${REFUSALS[code]}. ${code}`, rows };
}
