import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { METRICS, select } from '@loadstair/telemetry';
import { COLOURS } from './colours.ts';
import { DATASOURCE, type Absence, type PlacedLater } from './panels/panel.ts';
import { panelId } from './panel-id.ts';
import { tierVariable } from './repeat.ts';

/** Panels under one heading, left to right, wrapped at 24 columns. */
export interface Row {
  readonly title: string;
  readonly panels: readonly PlacedLater[];
  /** Variable of the dashboard: the row is shown once for each of its values. */
  readonly repeat?: string;
}

export interface BoardSpec {
  /** Part of every link to it; never changes. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];
  /** Components whose tiers are values of a variable each (repeat.ts). */
  readonly tiersOf?: readonly string[];
  /** Whether its queries ask for `$host`. */
  readonly byHost?: boolean;
}

export interface Board {
  readonly dashboard: Dashboard;
  /** Panels that may be empty, by id. */
  readonly absences: ReadonlyMap<number, Absence>;
}

const COLUMNS = 24;
/** Every dashboard of the lab has this tag, and links to all that have it. */
const TAG = 'loadstair';

/** A dashboard with all that the lab's dashboards have in common. */
export function board(spec: BoardSpec): Board {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags([TAG])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-5m', to: 'now' })
    .refresh('5s')
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data Source').type('prometheus').regex('').hide(VariableHide.DontHide))
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    );
  if (spec.byHost === true) builder.withVariable(hostVariable());
  for (const kind of spec.tiersOf ?? []) builder.withVariable(tiersVariable(kind));
  for (const annotation of annotations()) builder.annotation(annotation);

  const absences = new Map<number, Absence>();
  let y = 0;
  for (const row of spec.rows) {
    const heading = new RowBuilder(row.title).id(panelId(`${spec.uid} row ${row.title}`)).gridPos({ x: 0, y, w: COLUMNS, h: 1 });
    if (row.repeat !== undefined) heading.repeat(row.repeat);
    builder.withRow(heading);
    y += 1;
    let x = 0;
    let height = 0;
    for (const panel of row.panels) {
      if (x + panel.width > COLUMNS) {
        y += height;
        x = 0;
        height = 0;
      }
      const id = panelId(panel.key);
      if (panel.absent !== null) absences.set(id, panel.absent);
      builder.withPanel(panel.at(id, { x, y, w: panel.width, h: panel.height }));
      x += panel.width;
      height = Math.max(height, panel.height);
    }
    y += height;
  }
  return { dashboard: builder.build(), absences };
}

function hostVariable(): QueryVariableBuilder {
  return new QueryVariableBuilder('host')
    .label('Host')
    .datasource(DATASOURCE)
    .query({ query: `label_values(${select(METRICS.hostUp)}, host)`, refId: 'host' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: ['All'], value: ['$__all'] });
}

/** Tiers that run a component, as far as metrics tell; there for the rows that repeat over it. */
function tiersVariable(kind: string): QueryVariableBuilder {
  return new QueryVariableBuilder(tierVariable(kind))
    .label(`Tiers of ${kind}`)
    .hide(VariableHide.HideVariable)
    .datasource(DATASOURCE)
    .query({ query: `label_values(${select(METRICS.componentCpu, { component: kind })}, tier)`, refId: 'tiers' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .multi(true)
    .includeAll(true)
    .current({ text: ['All'], value: ['$__all'] });
}

/** What happened, from metrics, so that it is there wherever the metrics are. */
function annotations(): AnnotationQueryBuilder[] {
  const marks = [
    {
      name: 'Steps',
      expr: `count_values by (kind) ("step", ${select(METRICS.step)})`,
      title: 'step {{step}} ({{kind}})',
      colour: COLOURS.fourth,
    },
    { name: 'Faults', expr: `${select(METRICS.fault)} == 1`, title: '{{host}} {{fault}}', colour: COLOURS.ink },
    { name: 'Runs', expr: select(METRICS.run), title: 'run {{testid}}: {{profile}} on stage {{stage}}', colour: COLOURS.muted },
  ];
  return marks.map(({ name, expr, title, colour }) =>
    new AnnotationQueryBuilder()
      .name(name)
      .datasource(DATASOURCE)
      .enable(true)
      .iconColor(colour)
      .titleFormat(title)
      .target(new prometheus.DataqueryBuilder().refId('A').datasource(DATASOURCE).expr(expr).interval('1s').legendFormat(title).range()),
  );
}
