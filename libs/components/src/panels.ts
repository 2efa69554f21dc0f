import type { ComponentPanels } from './panel.ts';
import { haproxyPanels } from './haproxy/panels.ts';
import { postgresPanels } from './postgres/panels.ts';
import { redisPanels } from './redis/panels.ts';
import { sitePanels } from './site/panels.ts';
import { varnishPanels } from './varnish/panels.ts';

export type { AboutTier, ComponentPanels, PanelColour, PanelDeclaration, PanelQuery, PanelUnit } from './panel.ts';

/** What dashboards show of each component, by its kind, in the order in which a request reaches them. */
export const panelsByKind: ReadonlyMap<string, ComponentPanels> = new Map([
  ['varnish', varnishPanels],
  ['haproxy', haproxyPanels],
  ['site', sitePanels],
  ['redis', redisPanels],
  ['postgres', postgresPanels],
]);
