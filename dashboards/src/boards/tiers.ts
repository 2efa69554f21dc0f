import { eventLoopUse, panelsByKind, type ComponentPanels } from '@loadstair/components/panels';
import { max } from '@loadstair/telemetry';
import { board, type Board, type Row } from '../board.ts';
import { timeSeries } from '../panels/time-series.ts';
import type { PlacedLater } from '../panels/panel.ts';
import { tierVariable } from '../repeat.ts';
import { cpuUse, FULL, softUse } from '../resource-panels.ts';
import { panelsOf } from '../request-panels.ts';

/** One row a tier, for those that are there: rate, errors, duration, saturation. */
export function tiers(): Board {
  const kinds = [...panelsByKind.entries()];
  return board({
    uid: 'tiers',
    title: 'Tiers',
    description: 'Rate, errors, duration and saturation of every tier, in the order in which a request reaches them.',
    tiersOf: kinds.map(([kind]) => kind),
    rows: kinds.map(([kind, panels]) => rowOf(kind, panels)),
  });
}

function rowOf(kind: string, panels: ComponentPanels): Row {
  const variable = tierVariable(kind);
  const tier = `$${variable}`;
  const { rate, errors, duration } = panelsOf(panels, { tier, width: 6 });
  return { title: tier, repeat: variable, panels: [rate, errors, duration, saturation(tier)] };
}

/** Use of each limit that is known of a tier; the fullest host speaks for it. */
function saturation(tier: string): PlacedLater {
  return timeSeries({
    key: `${tier}/saturation`,
    title: `${tier} use of limits`,
    description: `How much of each limit of ${tier} is in use on its fullest host. A mean would hide a saturated host.`,
    unit: 'percentunit',
    width: 6,
    limitLine: FULL,
    queries: [
      { expr: max(cpuUse({ tier })), legend: 'CPU', every: 1 },
      { expr: max(softUse({ tier }), ['resource']), legend: '{{resource}}', every: 1 },
      { expr: max(eventLoopUse({ tier })), legend: 'event loop' },
    ],
  });
}
