import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stages } from '@loadstair/stages';
import { GENERATED } from './generated-folder.ts';
import type { DashboardJson } from './panel-queries.ts';
import { repeatRows, tierVariable } from './repeat.ts';

const OF_A_STAGE = /^stage-(\d+)$/;

/** The dashboards that show a run of a stage: those of all stages, and its own; rows that repeat stand there for its tiers. */
export function dashboardsOf(stage: number, folder = GENERATED): DashboardJson[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .flatMap((name) => readDashboard(join(folder, name)))
    .filter(({ uid }) => {
      const [, number] = OF_A_STAGE.exec(uid) ?? [];
      return number === undefined || Number(number) === stage;
    })
    .map((dashboard) => repeatRows(dashboard, tiersByVariable(stage)));
}

/** Tiers of a stage by the component that takes their requests. */
export function tiersByVariable(stage: number): Readonly<Record<string, readonly string[]>> {
  const values: Record<string, string[]> = {};
  for (const { name, components } of stages.find(({ topology }) => topology.stage === stage)?.topology.tiers ?? []) {
    const [first] = components;
    if (first !== undefined) (values[tierVariable(first)] ??= []).push(name);
  }
  return values;
}

/** Files that were named already: who looks at a run reads them every few seconds. */
const named = new Set<string>();

/** An editor's copy or a note beside the dashboards is named once, and hides none of them. */
function readDashboard(file: string): DashboardJson[] {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isDashboard(read)) return [read];
    warnOnce(file, 'it is not a dashboard');
  } catch (error) {
    warnOnce(file, (error as Error).message);
  }
  return [];
}

function warnOnce(file: string, why: string): void {
  if (named.has(file)) return;
  named.add(file);
  process.emitWarning(`${file} is left out of the dashboards: ${why}`);
}

function isDashboard(read: unknown): read is DashboardJson {
  if (!isObject(read) || typeof read['uid'] !== 'string' || typeof read['title'] !== 'string') return false;
  const { panels = [], annotations } = read;
  const list = isObject(annotations) ? (annotations['list'] ?? []) : [];
  return (
    isListOf(panels, (panel) => typeof panel['type'] === 'string' && isListOf(panel['targets'] ?? [], hasText)) &&
    isListOf(
      list,
      (mark) => typeof mark['name'] === 'string' && (mark['target'] === undefined || (isObject(mark['target']) && hasText(mark['target']))),
    )
  );
}

function hasText({ expr, interval }: Readonly<Record<string, unknown>>): boolean {
  return [expr, interval].every((text) => text === undefined || typeof text === 'string');
}

function isListOf(value: unknown, holds: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && holds(item));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
