/** What of a dashboard's JSON tells which queries it makes. */
export interface QueriedDashboard {
  readonly uid?: string;
  readonly panels?: readonly QueriedPanel[];
  readonly annotations?: { readonly list?: readonly QueriedAnnotation[] };
}

/** A dashboard as Grafana loads it. */
export type DashboardJson = QueriedDashboard & { readonly uid: string; readonly title: string };

interface QueriedPanel {
  readonly type: string;
  readonly id?: number;
  readonly title?: string;
  readonly targets?: readonly Target[];
}

interface QueriedAnnotation {
  readonly name: string;
  readonly target?: Target;
}

interface Target {
  readonly refId?: string;
  readonly expr?: string;
  readonly interval?: string;
  readonly instant?: boolean;
  readonly exemplar?: boolean;
}

/** One query of a panel, ready to be asked. */
export interface PanelQuery {
  readonly uid: string;
  readonly panelId: number;
  readonly title: string;
  readonly refId: string;
  readonly expr: string;
  /** Over the range, or once for its end. */
  readonly asks: 'range' | 'instant';
  /** Seconds a point looks back: what it says of the first seconds is of the time before. */
  readonly reachS: number;
  /** Whether single values with their traces are shown beside it. */
  readonly exemplars: boolean;
}

/** One query of an annotation; it holds for all panels. */
export interface AnnotationQuery {
  readonly name: string;
  readonly expr: string;
}

export interface QueryOptions {
  /** Seconds between the points wanted. */
  readonly stepS: number;
  /** Seconds shown. */
  readonly rangeS: number;
  /** Values of the dashboard's variables by name, as regular expressions. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A query names a variable nobody gave a value for. */
export class UnknownVariable extends Error {
  readonly variable: string;
  constructor(variable: string, expr: string) {
    super(`Nothing is known of $${variable} in ${expr}.`);
    this.name = 'UnknownVariable';
    this.variable = variable;
  }
}

/** Every query of a dashboard's panels, variables filled in. Throws UnknownVariable. */
export function panelQueries(dashboard: QueriedDashboard, options: QueryOptions): PanelQuery[] {
  return (dashboard.panels ?? []).flatMap((panel) =>
    (panel.targets ?? []).map((target) => {
      const reachS = target.expr?.includes('$__rate_interval') === true ? rateIntervalS(sampleSOf(target), options.stepS) : 0;
      const instant = target.instant === true;
      // An answer about the whole range must not look back to before it, either.
      const rangeS = instant ? options.rangeS - reachS : options.rangeS;
      return {
        uid: dashboard.uid ?? '',
        panelId: panel.id ?? 0,
        title: panel.title ?? '',
        refId: target.refId ?? '',
        expr: fill(target, { ...options, rangeS }),
        asks: instant ? ('instant' as const) : ('range' as const),
        exemplars: target.exemplar === true,
        reachS,
      };
    }),
  );
}

/** Queries of a dashboard's annotations. Throws UnknownVariable. */
export function annotationQueries(dashboard: QueriedDashboard, options: QueryOptions): AnnotationQuery[] {
  return (dashboard.annotations?.list ?? []).flatMap(({ name, target }) =>
    target === undefined ? [] : [{ name, expr: fill(target, options) }],
  );
}

const DEFAULT_SAMPLE_S = 5;

/**
 * Three samples: a rate has two even when one is missing. Grafana takes four (its docs, "$__rate_interval"); steps of a run may be as
 * short as 8 s, and a longer window blurs the one in which something runs out.
 */
export function rateIntervalS(sampleS: number, stepS: number): number {
  return Math.max(stepS + sampleS, 3 * sampleS);
}

function sampleSOf({ interval }: Target): number {
  return interval === undefined ? DEFAULT_SAMPLE_S : Number.parseInt(interval, 10);
}

function fill(target: Target, { stepS, rangeS, variables }: QueryOptions): string {
  const { expr = '' } = target;
  const known: Readonly<Record<string, string>> = {
    ...variables,
    __rate_interval: `${rateIntervalS(sampleSOf(target), stepS)}s`,
    __range: `${Math.max(1, Math.round(rangeS))}s`,
  };
  return expr.replaceAll(/\$(\w+)/g, (_, name: string) => {
    const value = known[name];
    if (value === undefined) throw new UnknownVariable(name, expr);
    return value;
  });
}
