import { eventLoopUse } from '@loadstair/components/panels';
import { METRICS, rate, select } from '@loadstair/telemetry';
import { board, type Board } from '../board.ts';
import type { Absence } from '../panels/panel.ts';
import { stateTimeline } from '../panels/grids.ts';
import { barGauge } from '../panels/single-values.ts';
import { timeSeries } from '../panels/time-series.ts';
import { cpuUse, FULL, memoryUse, softUse } from '../resource-panels.ts';

const HOST = { host: '=~$host' };
const EACH = '{{host}}';
const NO_PRESSURE: Absence = { says: 'This kernel does not tell pressure (PSI).' };

/** Use, saturation and errors of every host (the USE method, https://www.brendangregg.com/usemethod.html). */
export function hosts(): Board {
  const by = (expr: string): { expr: string; legend: string; every: 1; colour: 'shades' } => ({
    expr,
    legend: EACH,
    every: 1,
    colour: 'shades',
  });
  return board({
    uid: 'hosts',
    title: 'Hosts',
    description: 'Every host: how much of its budget it uses, and whether work waits for it.',
    byHost: true,
    rows: [
      {
        title: 'Now',
        panels: [
          stateTimeline({
            key: 'up',
            title: 'Hosts up',
            description: 'Whether each host serves. A host that was taken away ends; one that died is down.',
            unit: 'none',
            width: 12,
            queries: [{ expr: select(METRICS.hostUp, HOST), legend: EACH, every: 1 }],
            states: [
              { value: 1, text: 'up', colour: 'through' },
              { value: 0, text: 'down', colour: 'ink' },
            ],
          }),
          barGauge({
            key: 'cpu-now',
            title: 'CPU of budget, now',
            description: 'CPU time each host uses now, of its budget.',
            unit: 'percentunit',
            width: 12,
            queries: [{ expr: cpuUse(HOST), legend: EACH, every: 1 }],
          }),
        ],
      },
      {
        title: 'CPU',
        panels: [
          timeSeries({
            key: 'cpu',
            title: 'CPU of budget',
            description:
              'CPU time each host uses, of its budget. It can stand above 100 % for a moment: what was saved before may be spent.',
            unit: 'percentunit',
            width: 8,
            limitLine: FULL,
            queries: [by(cpuUse(HOST))],
          }),
          timeSeries({
            key: 'throttled',
            title: 'Periods stopped',
            description:
              'Share of the 100 ms periods in which the host had spent its budget and was stopped. It shows that a host is full, not why.',
            unit: 'percentunit',
            width: 8,
            queries: [by(`${rate(METRICS.throttledPeriods, HOST)} / ${rate(METRICS.periods, HOST)}`)],
          }),
          timeSeries({
            key: 'cpu-pressure',
            title: 'Waiting for CPU',
            description: 'Share of time in which some task of the host waited for CPU. It grows before the host is full.',
            unit: 'percentunit',
            width: 8,
            absent: NO_PRESSURE,
            queries: [by(rate(METRICS.psiCpu, HOST))],
          }),
          timeSeries({
            key: 'components',
            title: 'CPU by component',
            description: 'CPU time each program of a host uses, in cores of the machine: how a shared host splits.',
            unit: 'cores',
            width: 12,
            queries: [{ expr: rate(METRICS.componentCpu, HOST), legend: '{{host}} {{component}}', every: 1, colour: 'shades' }],
          }),
          timeSeries({
            key: 'event-loop',
            title: 'Event loop busy',
            description: 'Share of time the event loop of each site process was busy. Time in which the host was stopped counts as busy.',
            unit: 'percentunit',
            width: 12,
            limitLine: FULL,
            queries: [{ expr: eventLoopUse(HOST), legend: EACH, colour: 'shades' }],
          }),
        ],
      },
      {
        title: 'Memory',
        panels: [
          timeSeries({
            key: 'memory',
            title: 'Memory of limit',
            description: 'Memory each host cannot give back easily, of its limit.',
            unit: 'percentunit',
            width: 8,
            limitLine: FULL,
            queries: [by(memoryUse(HOST))],
          }),
          timeSeries({
            key: 'memory-limit-hits',
            title: 'Memory limit met',
            description: 'How often a second the host ran into its memory limit and had to give pages back first.',
            unit: 'short',
            width: 8,
            queries: [by(rate(METRICS.memoryFailures, HOST))],
          }),
          timeSeries({
            key: 'memory-pressure',
            title: 'Stalled on memory',
            description: 'Share of time in which all tasks of the host waited for memory.',
            unit: 'percentunit',
            width: 8,
            absent: NO_PRESSURE,
            queries: [by(rate(METRICS.psiMemory, HOST))],
          }),
        ],
      },
      {
        title: 'Disk',
        panels: [
          timeSeries({
            key: 'disk-read',
            title: 'Read from disk',
            description: 'Bytes each host reads from disk; what the page cache has is not read.',
            unit: 'binBps',
            width: 8,
            queries: [by(rate(METRICS.reads, HOST))],
          }),
          timeSeries({
            key: 'disk-written',
            title: 'Written to disk',
            description: 'Bytes each host writes to disk.',
            unit: 'binBps',
            width: 8,
            queries: [by(rate(METRICS.writes, HOST))],
          }),
          timeSeries({
            key: 'disk-pressure',
            title: 'Stalled on disk',
            description: 'Share of time in which all tasks of the host waited for disk.',
            unit: 'percentunit',
            width: 8,
            absent: NO_PRESSURE,
            queries: [by(rate(METRICS.psiIo, HOST))],
          }),
        ],
      },
      {
        title: 'Soft limits',
        panels: [
          timeSeries({
            key: 'soft-use',
            title: 'Places in use',
            description: 'Pool connections and proxy slots in use, of those there are.',
            unit: 'percentunit',
            width: 12,
            limitLine: FULL,
            queries: [{ expr: softUse(HOST), legend: '{{host}} {{resource}}', every: 1, colour: 'shades' }],
          }),
          timeSeries({
            key: 'soft-waiting',
            title: 'Waiting for a place',
            description: 'Requests that wait for a pool connection, a proxy slot or a lock.',
            unit: 'short',
            width: 12,
            queries: [{ expr: select(METRICS.waiting, HOST), legend: '{{host}} {{resource}}', every: 1, colour: 'shades' }],
          }),
        ],
      },
    ],
  });
}
