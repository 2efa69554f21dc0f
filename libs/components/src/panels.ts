import type { ComponentPanels } from './panel.ts';
import { haproxyDeclaration } from './haproxy/declaration.ts';
import { haproxyPanels } from './haproxy/panels.ts';
import { postgresDeclaration } from './postgres/declaration.ts';
import { postgresPanels } from './postgres/panels.ts';
import { redisDeclaration } from './redis/declaration.ts';
import { redisPanels } from './redis/panels.ts';
import { siteDeclaration } from './site/declaration.ts';
import { sitePanels } from './site/panels.ts';
import { varnishDeclaration } from './varnish/declaration.ts';
import { varnishPanels } from './varnish/panels.ts';

export type { AboutTier, ComponentPanels, PanelColour, PanelDeclaration, PanelQuery, PanelUnit } from './panel.ts';

/** What dashboards show of each component, by its kind, in the order in which a request reaches them. */
export const panelsByKind: ReadonlyMap<string, ComponentPanels> = new Map([
  [varnishDeclaration.kind, varnishPanels],
  [haproxyDeclaration.kind, haproxyPanels],
  [siteDeclaration.kind, sitePanels],
  [redisDeclaration.kind, redisPanels],
  [postgresDeclaration.kind, postgresPanels],
]);
