import { register } from '@loadstair/kit';
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

export { heldPanel } from './held-panel.ts';
export { eventLoopUse } from './node-program/panels.ts';
export type { AboutTier, ComponentPanels, PanelColour, PanelDeclaration, PanelQuery, PanelUnit } from './panel.ts';

const known = new Map<string, ComponentPanels>([
  [varnishDeclaration.kind, varnishPanels],
  [haproxyDeclaration.kind, haproxyPanels],
  [siteDeclaration.kind, sitePanels],
  [redisDeclaration.kind, redisPanels],
  [postgresDeclaration.kind, postgresPanels],
]);

/** What dashboards show of each component, by its kind, in the order in which a request reaches them. */
export const panelsByKind: ReadonlyMap<string, ComponentPanels> = known;

/** Has dashboards show a component that has no folder here, until what this gives is called. */
export function registerPanels(kind: string, panels: ComponentPanels): () => void {
  return register(known, kind, panels);
}
