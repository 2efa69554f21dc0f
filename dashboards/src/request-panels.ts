import { panelsByKind, type AboutTier, type ComponentPanels, type PanelDeclaration } from '@loadstair/components/panels';
import type { PlacedLater } from './panels/panel.ts';
import { timeSeries } from './panels/time-series.ts';
import { FULL } from './resource-panels.ts';

/** Rate, errors and duration of a tier: as its own server tells them, or as its clients see it. */
export interface RequestPanels {
  readonly rate: PlacedLater;
  readonly errors: PlacedLater;
  readonly duration: PlacedLater;
}

interface About extends AboutTier {
  readonly width: number;
}

/** The panels of a tier, by the first of its components: the one that takes its requests. */
export function requestPanels(components: readonly string[], about: About): RequestPanels {
  const [first] = components;
  const panels = first === undefined ? undefined : panelsByKind.get(first);
  if (panels === undefined) throw new Error(`No panels are declared for requests to ${first ?? 'no component'} on tier ${about.tier}.`);
  return panelsOf(panels, about);
}

/** The same of any tier that a component takes the requests of. */
export function panelsOf(panels: ComponentPanels, about: About): RequestPanels {
  const { rate, errors, duration } = panels.requests(about);
  const panel = (what: string, title: string, declared: PanelDeclaration): PlacedLater =>
    declaredPanel(`${about.tier}/${what}`, { title: `${about.tier} ${title}`, ...declared }, about.width);
  return {
    rate: panel('rate', 'requests', rate),
    errors: panel('errors', 'errors', errors),
    duration: panel('duration', 'duration', duration),
  };
}

/** A panel that a component declares. */
export function declaredPanel(key: string, declared: PanelDeclaration & { readonly title: string }, width: number): PlacedLater {
  const { absent, limitLine, ...spec } = declared;
  return timeSeries({
    key,
    width,
    ...spec,
    ...(limitLine === undefined ? {} : { limitLine: FULL }),
    ...(absent === undefined ? {} : { absent: { says: absent } }),
  });
}
