import { METRICS, rate, select, sum } from '@loadstair/telemetry';
import { board, type Board } from '../board.ts';
import { droppedPanel, latenessPanel } from '../load-panels.ts';
import { PROMETHEUS } from '../names.ts';
import { stateTimeline } from '../panels/grids.ts';
import { gaugePanel } from '../panels/single-values.ts';
import { timeSeries } from '../panels/time-series.ts';

/** Whether the lab itself can be trusted: the generator, the machine below, and what watching costs. */
export function labHealth(): Board {
  return board({
    uid: 'lab-health',
    title: 'Lab health',
    description: 'Load generator, physical machine, cost of measuring, gaps in the measurements. A verdict is only as good as these.',
    rows: [
      {
        title: 'Generator',
        panels: [
          latenessPanel(10),
          timeSeries({
            key: 'generator-cpu',
            title: 'CPU of the load generator',
            description: 'CPU time of all clients, in cores of the machine.',
            unit: 'cores',
            width: 10,
            queries: [{ expr: rate(METRICS.observer, { part: 'clients' }), every: 1 }],
          }),
          droppedPanel(),
        ],
      },
      {
        title: 'Machine',
        panels: [
          timeSeries({
            key: 'idle',
            title: 'Idle',
            description:
              'CPU time that was idle or used by the idle-priority burners, in cores. Near zero, hosts wait for the machine instead of their budget.',
            unit: 'cores',
            width: 12,
            queries: [{ expr: rate(METRICS.machineIdle), every: 1 }],
          }),
          timeSeries({
            key: 'steal',
            title: 'Stolen',
            description: 'CPU time taken by other virtual machines on the physical machine, in cores.',
            unit: 'cores',
            width: 12,
            queries: [{ expr: rate(METRICS.machineSteal), every: 1 }],
          }),
        ],
      },
      {
        title: 'Cost of measuring',
        panels: [
          timeSeries({
            key: 'parts',
            title: 'CPU of the lab’s own programs',
            description: 'CPU time of labd, Prometheus, clients, proxies and burners, in cores. Burners yield to all other programs.',
            unit: 'cores',
            width: 16,
            queries: [{ expr: rate(METRICS.observer), legend: '{{part}}', every: 1, colour: 'shades' }],
          }),
          gaugePanel({
            key: 'observer',
            title: 'Measuring, share of a core',
            description: 'CPU time of labd and Prometheus together over the time shown, as a share of one core.',
            unit: 'percentunit',
            width: 8,
            height: 7,
            queries: [{ expr: sum(`rate(${select(METRICS.observer, { part: '=~labd|prometheus' })}[$__range])`), every: 1 }],
          }),
        ],
      },
      {
        title: 'Gaps',
        panels: [
          stateTimeline({
            key: 'scrapes',
            title: 'Scrapes',
            description: 'Whether each target could be scraped. A gap makes the figures of its step uncertain.',
            unit: 'none',
            width: 12,
            queries: [{ expr: select(PROMETHEUS.up), legend: '{{job}} {{host}} {{component}}' }],
            states: [
              { value: 1, text: 'read', colour: 'through' },
              { value: 0, text: 'missed', colour: 'ink' },
            ],
          }),
          timeSeries({
            key: 'scrape-time',
            title: 'Scrape duration',
            description: 'How long each target took to answer a scrape. A small host at its limit answers slowly.',
            unit: 's',
            width: 12,
            queries: [{ expr: select(PROMETHEUS.duration), legend: '{{job}} {{host}} {{component}}', colour: 'shades' }],
          }),
          timeSeries({
            key: 'look-up',
            title: 'Name look-up',
            description: `${METRICS.lookup.help}.`,
            unit: 's',
            width: 12,
            queries: [{ expr: select(METRICS.lookup), every: 1 }],
          }),
        ],
      },
    ],
  });
}
