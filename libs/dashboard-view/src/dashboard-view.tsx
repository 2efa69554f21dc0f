import { useId, useMemo, type JSX } from 'react';
import { cut, timesOf } from './data/cut.ts';
import type { DashboardData, Exemplar, TimeRange } from './data/panel-data.ts';
import { Panel, type Shared } from './panels/panel.tsx';
import { faultsOf, stepsOf, type StepSpan } from './steps.ts';

import { runTime } from './view/format.ts';
import type { DashboardView as Model, RowView } from './view/view-of.ts';

export interface DashboardViewProps {
  readonly view: Model;
  readonly data: DashboardData;
  /** Null is all there is. */
  readonly range: TimeRange | null;
  readonly onRange: (range: TimeRange | null) => void;
  /** Null is all hosts. */
  readonly host: string | null;
  readonly onHost: (host: string | null) => void;
  /** A point of a single request was chosen. */
  readonly onTrace: (trace: string) => void;
}

const NONE: readonly Exemplar[] = [];

/** A dashboard as Grafana has it, drawn by us: one ruler of steps over all its panels, one cursor, one range. */
export function DashboardView({ view, data, range, onRange, host, onHost, onTrace }: DashboardViewProps): JSX.Element {
  const syncKey = useId();
  const shown = useMemo(() => (range === null ? data : cut(data, range)), [data, range]);
  const steps = useMemo(() => stepsOf(view, shown), [view, shown]);
  const shared: Shared = useMemo(
    () => ({
      times: timesOf(shown),
      startS: data.startMs / 1000,
      faults: faultsOf(shown),
      stepStarts: steps.map(({ from }) => from).filter((from) => from > 0),
      syncKey,
      host,
      onTrace,
      onRange: (fromS, toS) => onRange({ fromMs: fromS * 1000, toMs: toS * 1000 }),
    }),
    [shown, data.startMs, steps, syncKey, host, onRange, onTrace],
  );
  const zoom = (factor: number): void => {
    const middle = (shown.startMs + shown.endMs) / 2;
    const half = ((shown.endMs - shown.startMs) * factor) / 2;
    const fromMs = Math.max(data.startMs, middle - half);
    const toMs = Math.min(data.endMs, middle + half);
    onRange(fromMs <= data.startMs && toMs >= data.endMs ? null : { fromMs, toMs });
  };
  return (
    <article className="dv" aria-label={view.title}>
      <div className="dv-tools">
        <span className="dv-zoom">
          <button type="button" aria-label="Show more time" onClick={() => zoom(2)}>
            −
          </button>
          <button type="button" aria-label="Show less time" onClick={() => zoom(0.5)}>
            +
          </button>
          <button type="button" onClick={() => onRange(null)}>
            all
          </button>
          <span>{`${runTime((shown.startMs - data.startMs) / 1000)}–${runTime((shown.endMs - data.startMs) / 1000)}`}</span>
        </span>
        {view.byHost && <HostChoice hosts={hostsOf(data)} host={host} onHost={onHost} />}
      </div>
      <StepRuler steps={steps} shown={shown} onRange={onRange} />
      {view.rows.map((row) => (
        <section key={row.id} aria-labelledby={`row-${row.id}`}>
          <h2 id={`row-${row.id}`}>{row.title}</h2>
          {absenceOf(row, shown) ?? (
            <div className="dv-grid">
              {row.panels.map((panel) => (
                <Panel
                  key={panel.id}
                  panel={panel}
                  data={shown.panels[panel.id] ?? {}}
                  exemplars={shown.exemplars[panel.id] ?? NONE}
                  shared={shared}
                />
              ))}
            </div>
          )}
        </section>
      ))}
    </article>
  );
}

/** One sentence for a whole row that says of each of its panels why it is empty, such as a tier the stage does not have. */
function absenceOf(row: RowView, data: DashboardData): JSX.Element | null {
  const reasons = new Set(row.panels.map((panel) => panel.absence));
  const [reason] = reasons;
  const empty = row.panels.every((panel) => Object.values(data.panels[panel.id] ?? {}).every((query) => query.length === 0));
  return reasons.size === 1 && reason != null && empty ? <p className="dv-empty">{reason}</p> : null;
}

function HostChoice({
  hosts,
  host,
  onHost,
}: { readonly hosts: readonly string[] } & Pick<DashboardViewProps, 'host' | 'onHost'>): JSX.Element {
  return (
    <label>
      {'host '}
      <select value={host ?? ''} onChange={(event) => onHost(event.target.value === '' ? null : event.target.value)}>
        <option value="">all</option>
        {hosts.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

/** Every host that some series is of, as people count them. */
function hostsOf(data: DashboardData): string[] {
  const series = Object.values(data.panels).flatMap((panel) => Object.values(panel).flat());
  const names = new Set(series.flatMap(({ labels }) => labels['host'] ?? []));
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** The steps of the run over all panels; one pressed is looked at alone. */
function StepRuler({
  steps,
  shown,
  onRange,
}: { readonly steps: readonly StepSpan[]; readonly shown: DashboardData } & Pick<DashboardViewProps, 'onRange'>): JSX.Element | null {
  const points = timesOf(shown).length;
  if (steps.length === 0) return null;
  const at = (index: number): number => shown.startMs + index * shown.stepS * 1000;
  return (
    <ol className="dv-ruler" aria-label="Steps of the run">
      {steps.map(({ from, to, text }) => (
        <li key={from} style={{ left: `${(100 * from) / points}%`, width: `${(100 * (to - from)) / points}%` }}>
          <button type="button" title={text} onClick={() => onRange({ fromMs: at(from), toMs: at(to) })}>
            {text}
          </button>
        </li>
      ))}
    </ol>
  );
}
