import type { KeyboardEvent, ReactNode } from 'react';
import type { Box, Layout } from '@loadstair/report-view';
import type { Tier } from '@loadstair/topology';

/** Room around a tier that belongs to it, px. */
const AROUND = 6;
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One tier is taken by pressing it on the picture. */
export interface TierPick {
  /** What is asked. */
  readonly ask: string;
  /** Name of the tier that is taken; empty as long as none is. */
  readonly tier: string;
  readonly labelOf: (tier: Tier) => string;
  readonly onPick: (tier: string) => void;
}

/** A place to press over each tier. They are one stop for the Tab key, and the arrow keys go from one to the next. */
export function TierPicks({ picture, pick }: { readonly picture: Layout; readonly pick: TierPick }): ReactNode {
  const tiers = picture.headers.map(({ tier }) => tier);
  const taken = tiers.findIndex(({ name }) => name === pick.tier);
  const go = (event: KeyboardEvent<SVGGElement>, at: number): void => {
    const step = STEPS[event.key];
    const next = step === undefined ? tiers[at] : tiers[(at + step + tiers.length) % tiers.length];
    if (next === undefined || (step === undefined && event.key !== ' ' && event.key !== 'Enter')) return;
    event.preventDefault();
    pick.onPick(next.name);
    event.currentTarget.parentElement?.querySelector<SVGGElement>(`[data-pick="${CSS.escape(next.name)}"]`)?.focus();
  };
  return tiers.map((tier, at) => {
    const { x, y, width, height } = around(picture, tier);
    return (
      <g
        key={tier.name}
        className="pick"
        data-pick={tier.name}
        role="radio"
        aria-checked={at === taken}
        aria-label={`${pick.labelOf(tier)}, on the picture`}
        tabIndex={at === Math.max(0, taken) ? 0 : -1}
        onClick={() => pick.onPick(tier.name)}
        onKeyDown={(event) => go(event, at)}
      >
        <rect x={x} y={y} width={width} height={height} rx={4} />
      </g>
    );
  });
}

/** A tier’s name and all its hosts. */
function around({ headers, cells }: Layout, tier: Tier): Box {
  const own: Box[] = [...headers.filter((header) => header.tier === tier), ...cells.filter((cell) => cell.tier === tier.name)];
  const [left, top] = [Math.min(...own.map(({ x }) => x)), Math.min(...own.map(({ y }) => y))];
  const right = Math.max(...own.map(({ x, width }) => x + width));
  const bottom = Math.max(...own.map(({ y, height }) => y + height));
  return { x: left - AROUND, y: top - 2, width: right - left + 2 * AROUND, height: bottom - top + 2 + AROUND };
}
