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
const NO_PRESSURE: Absence = { says: 'This kernel does not report pressure (PSI).' };

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
    description: 'For every host: how much of its budget it uses, and whether work waits for the host.',
    byHost: true,
    rows: [
      {
        title: 'Now',
        panels: [
          stateTimeline({
            key: 'up',
            title: 'Hosts up',
            description: 'Whether each host serves. The line of a removed host ends; a dead host is down.',
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
            title: 'CPU now, share of budget',
            description: 'CPU time that each host uses now, as a share of its budget.',
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
            title: 'CPU, share of budget',
            description:
              'CPU time that each host uses, as a share of its budget. It can exceed 100 % for a moment, because unused budget can be saved up.',
            unit: 'percentunit',
            width: 8,
            limitLine: FULL,
            queries: [by(cpuUse(HOST))],
          }),
          timeSeries({
            key: 'throttled',
            title: 'CPU periods throttled',
            description:
              'Share of 100 ms CPU periods in which the host had used up its budget and was throttled. It shows that a host is saturated, not why.',
            unit: 'percentunit',
            width: 8,
            queries: [by(`${rate(METRICS.throttledPeriods, HOST)} / ${rate(METRICS.periods, HOST)}`)],
          }),
          timeSeries({
            key: 'cpu-pressure',
            title: 'Waiting for CPU',
            description: 'Share of time in which at least one task of the host waited for CPU. It grows before the host is saturated.',
            unit: 'percentunit',
            width: 8,
            absent: NO_PRESSURE,
            queries: [by(rate(METRICS.psiCpu, HOST))],
          }),
          timeSeries({
            key: 'components',
            title: 'CPU by component',
            description: 'CPU time that each program of a host uses, in cores of the machine: shows how programs share a host.',
            unit: 'cores',
            width: 12,
            queries: [{ expr: rate(METRICS.componentCpu, HOST), legend: '{{host}} {{component}}', every: 1, colour: 'shades' }],
          }),
          timeSeries({
            key: 'event-loop',
            title: 'Event loop busy',
            description: 'Share of time the event loop of each site process was busy. Throttled time counts as busy.',
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
            title: 'Memory, share of limit',
            description: 'Working set of each host, as a share of its memory limit.',
            unit: 'percentunit',
            width: 8,
            limitLine: FULL,
            queries: [by(memoryUse(HOST))],
          }),
          timeSeries({
            key: 'memory-limit-hits',
            title: 'Memory limit reached',
            description: 'How often per second the host reached its memory limit and the kernel had to reclaim pages first.',
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
            description: 'Bytes that each host reads from disk; data in the page cache is not read from disk.',
            unit: 'binBps',
            width: 8,
            queries: [by(rate(METRICS.reads, HOST))],
          }),
          timeSeries({
            key: 'disk-written',
            title: 'Written to disk',
            description: 'Bytes that each host writes to disk.',
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
            description: 'Pool connections and proxy slots in use, as a share of all.',
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
