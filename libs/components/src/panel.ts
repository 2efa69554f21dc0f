/** Colours by what they say; the dashboards know how they look. */
export type PanelColour = 'through' | 'second' | 'third' | 'fourth' | 'ink' | 'muted' | 'limit';

/** Units as Grafana names them; each is one the console can write. */
export type PanelUnit = 'short' | 'percentunit' | 's' | 'bytes' | 'binBps' | 'reqps' | 'currencyUSD' | 'arrivals/s' | 'cores' | 'none';

/** One query of a panel. */
export interface PanelQuery {
  readonly expr: string;
  /** Name of its series; `{{label}}` is replaced. */
  readonly legend?: string;
  /** Seconds between samples of what it reads: the lab is scraped each second, services and k6 give a sample every five. */
  readonly every?: 1 | 5;
  /** One fixed colour; `shades` of the main one when it has a series a host. */
  readonly colour?: PanelColour | 'shades';
  /** What it reads carries traces: single requests are drawn beside it, and lead to theirs. */
  readonly exemplars?: true;
}

/** Lines over time, as a component wants them drawn. */
export interface PanelDeclaration {
  readonly title?: string;
  /** What it means and why one looks at it. */
  readonly description: string;
  readonly unit: PanelUnit;
  readonly queries: readonly PanelQuery[];
  readonly log?: true;
  /** Shares of a limit: a line stands where it counts as full. */
  readonly limitLine?: true;
  /** What stands in place of data where there may be none although all is well. */
  readonly absent?: string;
}

export interface AboutTier {
  /** Its name, or a variable that stands for it. */
  readonly tier: string;
}

/** What dashboards show of a component. */
export interface ComponentPanels {
  /** Rate, errors and duration of a tier: as its own server tells them, or as those who ask it see it. */
  readonly requests: (about: AboutTier) => Readonly<Record<'rate' | 'errors' | 'duration', PanelDeclaration>>;
  /** Of each kind of resource that it declares (`metrics.resources`), on the hosts of a tier. */
  readonly limits?: Readonly<Record<string, (about: Pick<AboutTier, 'tier'>) => PanelDeclaration & { readonly title: string }>>;
  /** Further panels of a stage that has it, under a heading of their own. */
  readonly more?: { readonly title: string; readonly panels: Readonly<Record<string, PanelDeclaration & { readonly title: string }>> };
  /** Names of series that are neither the lab's nor a program of ours. */
  readonly foreign?: readonly string[];
}
