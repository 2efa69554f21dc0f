import { gate, loadSteps, percent, type RunData } from '@loadstair/analysis';
import { benchRow, type BenchRow, type RunEvent } from '@loadstair/runs';
import type { ObservedRun } from './observe-run.ts';

const OBSERVER_BAR = 0.05;
const SCHEDULE_BAR = 0.01;
const LATENESS_BAR_MS = 10;
const FIRST_LOAD_BAR_S = 15;

interface StartTimes {
  readonly commandS: number;
  readonly generatorStartS: number;
}

/** Rows about the lab's own cost, its schedule, its start and its memory, from one run. */
export function runRows(observed: ObservedRun, start: StartTimes): BenchRow[] {
  const { runData } = observed;
  return [observerRow(runData), ...scheduleRows(runData), ...bootRows(observed.events, start), ...memoryRows(observed)];
}

/** Why the run says nothing, or null: the machine's own checks of the gate. */
export function busyInRun(runData: RunData): string | null {
  const failed = gate(runData).find(
    (check) => check.outcome === 'refuse' && ['PHYS_CPU', 'PHYS_STEAL', 'INTERRUPTED'].includes(check.code),
  );
  return failed === undefined ? null : `${failed.code}: ${failed.measured}; needs ${failed.allowed}`;
}

function observerRow({ stage, observer }: RunData): BenchRow {
  const { labdCores, prometheusCores, samplerCores } = observer;
  return benchRow({
    id: 'observer',
    what: `observer, share of a core, stage ${stage.number}`,
    unit: 'share',
    value: labdCores + prometheusCores + samplerCores,
    interval: null,
    bar: { kind: 'at-most', value: OBSERVER_BAR },
    detail: `labd with its sampler ${percent(labdCores + samplerCores)}, Prometheus ${percent(prometheusCores)}`,
  });
}

function scheduleRows(runData: RunData): BenchRow[] {
  const steps = loadSteps(runData);
  const planned = steps.reduce((sum, step) => sum + step.load.planned, 0);
  const started = steps.reduce((sum, step) => sum + step.load.started, 0);
  const loads = steps.map((step) => `${step.offered}/s`).join(', ');
  return [
    benchRow({
      id: 'schedule started',
      what: 'k6 schedule, arrivals not started',
      unit: 'share',
      value: planned === 0 ? 1 : Math.abs(1 - started / planned),
      interval: null,
      bar: { kind: 'at-most', value: SCHEDULE_BAR },
      detail: `${started} of ${planned} at ${loads}`,
    }),
    benchRow({
      id: 'schedule lateness',
      what: 'k6 schedule, lateness p99',
      unit: 'milliseconds',
      value: Math.max(0, ...steps.map((step) => step.load.lateness.p99Ms)),
      interval: null,
      bar: { kind: 'at-most', value: LATENESS_BAR_MS },
      detail: `p50 ${Math.max(0, ...steps.map((step) => step.load.lateness.p50Ms)).toFixed(1)} ms, n ${started}`,
    }),
  ];
}

function bootRows(events: readonly RunEvent[], { commandS, generatorStartS }: StartTimes): BenchRow[] {
  const begunMs = events.find((event) => event.type === 'run-started')?.atMs ?? 0;
  const phase = (name: string, state: 'begun' | 'done'): number | null =>
    events.find((event) => event.type === 'phase' && event.phase === name && event.state === state)?.atMs ?? null;
  const warmMs = phase('warm-up', 'begun');
  const siteS = warmMs === null ? null : (warmMs - begunMs) / 1000;
  const hosts = events.flatMap((event) => (event.type === 'host' && event.kind === 'starting' ? [event.host] : []));
  const hostRows = hosts.flatMap((host) => {
    const of = (kind: string): number | null =>
      events.find((event) => event.type === 'host' && event.host === host && event.kind === kind)?.atMs ?? null;
    const [startMs, upMs] = [of('starting'), of('up')];
    if (startMs === null || upMs === null) return [];
    return [
      benchRow({
        id: `boot ${host}`,
        what: `boot to ready, ${host}`,
        unit: 'seconds',
        value: (upMs - startMs) / 1000,
        interval: null,
        bar: null,
        detail: `from ${((startMs - begunMs) / 1000).toFixed(1)} s of the run`,
      }),
    ];
  });
  if (siteS === null) return hostRows;
  return [
    benchRow({
      id: 'first load',
      what: 'lab run to first load',
      unit: 'seconds',
      value: commandS + siteS + generatorStartS,
      interval: null,
      bar: { kind: 'at-most', value: FIRST_LOAD_BAR_S },
      detail: `command and labd ${commandS.toFixed(1)}, site ${siteS.toFixed(1)}, k6 ${generatorStartS.toFixed(1)} s`,
    }),
    ...hostRows,
  ];
}

function memoryRows({ memory }: ObservedRun): BenchRow[] {
  if (memory === null) return [];
  const row = (name: string, bytes: number, detail: string): BenchRow =>
    benchRow({ id: `memory ${name}`, what: `memory, ${name}`, unit: 'bytes', value: bytes, interval: null, bar: null, detail });
  const words: Readonly<Record<string, string>> = {
    clients: 'k6',
    labd: 'labd',
    prometheus: 'Prometheus',
    burners: 'burners',
    proxies: 'proxies',
  };
  return [
    ...memory.hosts.map(({ host, bytes, limitBytes }) =>
      row(host, bytes, limitBytes === null ? '' : `of ${Math.round(limitBytes / 2 ** 20)} MiB`),
    ),
    ...Object.entries(memory.parts)
      .filter(([, bytes]) => bytes > 0)
      .map(([part, bytes]) => row(words[part] ?? part, bytes, 'resident')),
  ];
}
