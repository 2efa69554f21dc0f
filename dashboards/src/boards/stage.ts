import { panelsByKind } from '@loadstair/components/panels';
import type { Stage } from '@loadstair/stages';
import { type Tier, type Topology } from '@loadstair/topology';
import { board, type Board, type Row } from '../board.ts';
import { limitPanels } from '../limit-panels.ts';
import { latencyPanel, loadPanel } from '../load-panels.ts';
import type { PlacedLater } from '../panels/panel.ts';
import { barGauge } from '../panels/single-values.ts';
import { declaredPanel, requestPanels } from '../request-panels.ts';
import { cpuUse, memoryUse, softUse } from '../resource-panels.ts';

/** Often enough to meet a host while it is full, seldom enough to cost Prometheus little. */
const EVERY = '5s';

/**
 * The dashboard of one stage: load and latency on top, in the middle every resource that may run out, tier by tier as data
 * flows, and below what each tier was asked. It knows the topology only: where the limit is, the run has to show.
 */
export function stageBoard({ topology, story }: Pick<Stage, 'topology' | 'story'>): Board {
  return board({
    uid: `stage-${topology.stage}`,
    title: `Stage ${topology.stage}: ${topology.title}`,
    description: `${story.changed} ${story.shows}`,
    rows: [
      { title: 'Does it keep up?', panels: [loadPanel(12), latencyPanel(12)] },
      { title: 'What runs out', panels: [closest()] },
      ...furtherRows(topology),
      ...topology.tiers.map((tier) => ({ title: `Limits of ${tier.name}`, panels: limitPanels(topology, tier, 8) })),
      ...topology.tiers.map((tier) => requestsOf(tier)),
    ],
  });
}

/** What components of a stage want to be seen of them beside requests and limits. */
function furtherRows({ tiers }: Topology): Row[] {
  const kinds = [...new Set(tiers.flatMap((tier) => tier.components))];
  return kinds.flatMap((kind) => {
    const more = panelsByKind.get(kind)?.more;
    if (more === undefined) return [];
    return [{ title: more.title, panels: Object.entries(more.panels).map(([key, panel]) => declaredPanel(key, panel, 8)) }];
  });
}

function closest(): PlacedLater {
  const highest = (expr: string): string => `sort_desc(max_over_time((${expr})[$__range:${EVERY}]))`;
  return barGauge({
    key: 'closest',
    title: 'Highest use of every limit',
    description:
      'Use of CPU, memory, pools and slots on every host, as a share of the limit: the highest in the time shown, the fullest first.',
    unit: 'percentunit',
    width: 24,
    height: 8,
    queries: [
      { expr: highest(cpuUse({})), legend: '{{host}} CPU', every: 1 },
      { expr: highest(softUse({})), legend: '{{host}} {{resource}}', every: 1, colour: 'through' },
      { expr: highest(memoryUse({})), legend: '{{host}} memory', every: 1, colour: 'fourth' },
    ],
  });
}

function requestsOf(tier: Tier): Row {
  const { rate, errors, duration } = requestPanels(tier.components, { tier: tier.name, width: 8 });
  return { title: `${tier.name}: ${tier.components.join(', ')}`, panels: [rate, errors, duration] };
}
