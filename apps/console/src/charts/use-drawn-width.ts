import { useNarrow } from '../shell/use-narrow.ts';

/** Widths, px, that a drawing across the page is made for, so that its text has about the size of the page's. */
const WIDTHS = { phone: 358, middle: 720, wide: 1080 } as const;
/** em */
const MIDDLE_EM = 62;

/** Width to draw for, as much as the window has room for. */
export function useDrawnWidth(): number {
  const phone = useNarrow();
  const middle = useNarrow(MIDDLE_EM);
  return phone ? WIDTHS.phone : middle ? WIDTHS.middle : WIDTHS.wide;
}
