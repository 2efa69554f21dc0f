/** What a query answered: on the grid of the time shown, or one value of an instant query. */
export interface SeriesData {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
}

/** Answers of a panel's queries by refId. */
export type PanelData = Readonly<Record<string, readonly SeriesData[]>>;

/** A single request beside the lines of a panel. */
export interface Exemplar {
  readonly atMs: number;
  readonly value: number;
  readonly trace: string;
  readonly host: string | null;
}

/** All a dashboard needs to be drawn: the shape kept in a run's `series.json`, of one dashboard. */
export interface DashboardData {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepS: number;
  /** By id of the panel. */
  readonly panels: Readonly<Record<string, PanelData>>;
  /** By name of the annotation. */
  readonly annotations: Readonly<Record<string, readonly SeriesData[]>>;
  /** By id of the panel. */
  readonly exemplars: Readonly<Record<string, readonly Exemplar[]>>;
}

/** The part of the time shown that is looked at; epoch ms. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}
