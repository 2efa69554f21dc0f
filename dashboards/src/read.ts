import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED } from './generated-folder.ts';
import type { QueriedDashboard } from './panel-queries.ts';

/** A dashboard as Grafana loads it. */
export type DashboardJson = QueriedDashboard & { readonly uid: string; readonly title: string };

const OF_A_STAGE = /^stage-(\d+)$/;

/** The dashboards that show a run of a stage: those of all stages, and its own. */
export function dashboardsOf(stage: number): DashboardJson[] {
  return readdirSync(GENERATED)
    .map((name) => JSON.parse(readFileSync(join(GENERATED, name), 'utf8')) as DashboardJson)
    .filter(({ uid }) => {
      const [, number] = OF_A_STAGE.exec(uid) ?? [];
      return number === undefined || Number(number) === stage;
    });
}
