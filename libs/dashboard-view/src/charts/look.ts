import { useSyncExternalStore } from 'react';
import { PALETTE, type Token } from '@loadstair/report-view';

/** What a canvas cannot take from a style sheet by itself. */
export interface Look {
  /** As they are for this person now: light or dark, more contrast, or all their own. */
  readonly colours: Readonly<Record<Token, string>>;
  /** Few colours are to be had, so lines differ in their dashes too. */
  readonly forced: boolean;
  /** Size of text against the usual one: 2 for a person who asked for twice as large. */
  readonly textScale: number;
}

const TOKENS = Object.keys(PALETTE) as Token[];
const USUAL_ROOT_PX = 16;
const ASKED = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'];

/** Of a page that is only written, not shown. */
const UNSEEN: Look = {
  colours: Object.fromEntries(TOKENS.map((token) => [token, PALETTE[token].light])) as Record<Token, string>,
  forced: false,
  textScale: 1,
};

let look: Look | null = null;
const listeners = new Set<() => void>();

/** The look of the page; a new object when it changes. */
export function useLook(): Look {
  return useSyncExternalStore(
    subscribe,
    () => (look ??= readLook()),
    () => UNSEEN,
  );
}

function readLook(): Look {
  const probe = document.body.appendChild(document.createElement('i'));
  // What it says would be made readable against the page; a line of a chart is asked for as it is.
  probe.style.setProperty('forced-color-adjust', 'none');
  const colourOf = (token: Token): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(TOKENS.map((token) => [token, colourOf(token)])) as Record<Token, string>;
  probe.remove();
  return {
    colours,
    forced: matchMedia('(forced-colors: active)').matches,
    textScale: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_ROOT_PX,
  };
}

let stop = (): void => {};

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) stop = watch();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}

/** The machine's wishes, the theme that was chosen here, and the size of text. */
function watch(): () => void {
  const changed = (): void => {
    look = null;
    for (const listener of listeners) listener();
  };
  const leaving = new AbortController();
  for (const query of ASKED) matchMedia(query).addEventListener('change', changed, { signal: leaving.signal });
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    leaving.abort();
    chosen.disconnect();
    // From now on nobody would see it change.
    look = null;
  };
}
