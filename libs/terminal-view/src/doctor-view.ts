import { mendCommand, missingOf, RIGHT_NAMES, toolOf, type Findings, type Right } from '@loadstair/runtime';
import { neededTools, toolNeededBy, toolsFor, type Stage } from '@loadstair/stages';
import type { Stream } from './io.ts';
import { wrap } from './wrap.ts';

/** What the table can be narrowed to. */
export const TOPICS = ['tools', ...RIGHT_NAMES] as const;
export type Topic = (typeof TOPICS)[number];

const LABEL_WIDTH = 11;
const TEXT_WIDTH = 80 - 2 - LABEL_WIDTH;
const DO = 'do  ';
const DO_WIDTH = TEXT_WIDTH - DO.length;
const MISSING = 6;
/** The first words where no host can run. */
const WITHOUT_LIMITS = [
  'Works here: ./lab console --recorded, and docker compose up where Docker is.',
  'Runs of your own need CPU limits:',
];

/** The table of ux.md §7: a line a finding, what is missing with the one command that mends it, and what is ready. */
export function doctorLines(
  findings: Findings,
  stages: readonly Stage[],
  { paint, marks }: Pick<Stream, 'paint' | 'marks'>,
  only: Topic | null,
): string[] {
  const shown = (topic: Topic): boolean => only === null || only === topic;
  const missing = missingOf(findings, neededTools(stages));
  const line = (mark: string, label: string, text: string): string => `${mark} ${label.padEnd(LABEL_WIDTH)}${text}`;
  const mend = (parts: readonly string[]): string[] =>
    parts.map((part, index) => line(' ', '', `${index === 0 ? DO : ''.padEnd(DO.length)}${part}`));
  // A command that goes on below can still be pasted.
  const command = (text: string): string[] =>
    wrap(text, DO_WIDTH - 2, 0).map((part, index, all) => (index < all.length - 1 ? `${part} \\` : part));
  const right = ({ name, state, found, mend: how }: Right): string[] => {
    if (!shown(name)) return [];
    const mark = state === 'ok' ? paint.good(marks.good) : state === 'warn' ? '!' : paint.bad(marks.bad);
    const text = wrap(found, TEXT_WIDTH, 0).map((part, index) => (index === 0 ? line(mark, name, part) : line(' ', '', part)));
    return [...text, ...(how === null ? [] : mend(wrap(how, DO_WIDTH, 0)))];
  };
  const found = findings.tools.flatMap((tool) => (tool.state === 'found' ? [`${tool.name} ${tool.version} (${tool.from})`] : []));
  const tools = [
    ...rows(found).map((row, index) => line(index === 0 ? paint.good(marks.good) : ' ', index === 0 ? 'tools' : '', row)),
    ...findings.tools.flatMap((tool) => {
      if (tool.state === 'found') return [];
      const said = tool.state === 'missing' ? 'not found' : `${tool.version} is too old, ${tool.wanted} is needed`;
      const mark = missing.includes(tool.name) ? paint.bad(marks.bad) : '!';
      return [
        line(mark, 'tools', `${`${tool.name} ${said}`.padEnd(42)} ${toolNeededBy(toolOf(tool.name), stages)}`),
        ...mend(command(mendCommand(tool.name))),
      ];
    }),
  ];
  const limits = findings.rights.filter((one) => one.name === 'limits');
  const others = findings.rights.filter((one) => one.name !== 'limits');
  const works = limits.some(({ state }) => state === 'missing') ? WITHOUT_LIMITS : [];
  return [...works, ...limits.flatMap(right), ...(shown('tools') ? tools : []), ...others.flatMap(right), ready(findings, stages, missing)];
}

/** Numbers of the stages that can run here as it is now: nothing would be downloaded. */
export function readyStages({ tools, rights }: Findings, stages: readonly Stage[]): number[] {
  const there = new Set(tools.flatMap((tool) => (tool.state === 'found' ? [tool.name] : [])));
  const able = rights.every((right) => right.state !== 'missing') && there.has('node');
  return stages.filter((stage) => able && toolsFor(stage.topology).every((name) => there.has(name))).map((stage) => stage.topology.stage);
}

/** `Ready without network: stages 1–6.` */
export function readyWords(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'Ready for no stage.';
  return `Ready without network: ${numbers.length === 1 ? 'stage' : 'stages'} ${ranges(numbers)}.`;
}

function ready(findings: Findings, stages: readonly Stage[], missing: readonly string[]): string {
  const first = readyWords(readyStages(findings, stages));
  if (missing.length === 0) return first;
  return `${first} ${missing.length === 1 ? 'One thing is' : `${missing.length} things are`} missing (exit ${MISSING}).`;
}

/** `1–4, 6, 8` */
export function ranges(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** Joined by dots, as many on a row as 80 columns take. */
function rows(parts: readonly string[]): string[] {
  const all: string[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last === undefined || LABEL_WIDTH + 2 + last.length + 3 + part.length > 80) all.push(part);
    else all[all.length - 1] = `${last} · ${part}`;
  }
  return all;
}
