import { AT_LIMIT } from '@loadstair/resources';
import { html, type Html } from '../html.ts';
import type { Cell, Density } from './layout.ts';

const PAD = 8;
/** Of the bar in a cell, px. */
const BARS = { cards: { y: 24, height: 6 }, rows: { y: 19, height: 4 } } as const;
const BASELINES = { cards: 17, rows: 14, chips: 18 } as const;

/** What is said of a host beside its readings. */
export interface HostSigns {
  /** A verdict named it. */
  readonly limit: boolean;
  /** The stage before does not have it. */
  readonly added: boolean;
  /** Somebody said that it would run out. */
  readonly predicted: boolean;
  /** Whether readings will be written in; else there is nothing to draw a bar of. */
  readonly measured: boolean;
}

/** Full width of the bar of a cell, px; 0 where it has none. */
export function barWidth({ density, width }: Pick<Cell, 'density' | 'width'>): number {
  return density === 'chips' ? 0 : width - 2 * PAD;
}

/** Classes of the group that holds a cell, those of readings aside. */
export function cellClass(density: Density, { limit, predicted }: HostSigns): string {
  return `host${density === 'chips' ? ' chip' : ''}${limit ? ' named' : ''}${predicted ? ' predicted' : ''}`;
}

/**
 * One host: its name, use of its CPU budget, and its most used other limit. Readings are written into what has the attributes
 * `data-cpu`, `data-other` and `data-bar`.
 *
 * @returns the inside of a group of SVG that stands at the cell's place
 */
export function hostCell(cell: Cell, signs: HostSigns): Html {
  const { density, host, width, height } = cell;
  const baseline = BASELINES[density];
  const { limit, added, predicted, measured } = signs;
  const said = predicted ? html`<rect class="said" x="-4" y="-4" width="${width + 8}" height="${height + 8}" />` : null;
  const box = html`<rect class="cell" width="${width}" height="${height}" />${said}`;
  if (density === 'chips')
    return html`<title>${host}</title>${box}<text
        class="ink number"
        data-cpu=""
        x="${width / 2}"
        y="${baseline}"
        text-anchor="middle"
      ></text>`;
  const mark = `${added ? '⊕ ' : ''}${limit && density === 'rows' ? '▲ ' : ''}`;
  return html`${box}<text class="ink name" x="${PAD}" y="${baseline}">${mark}${host}</text
    ><text class="ink number" data-cpu="" x="${width - PAD}" y="${baseline}" text-anchor="end"></text
    >${measured ? bar(cell, density) : null}${density === 'cards' && measured ? html`<text data-other="" x="${PAD}" y="47"></text>` : null}${limit && density === 'cards' ? html`<text class="tag" x="${width}" y="-5" text-anchor="end">LIMIT</text>` : null}`;
}

function bar(cell: Cell, density: 'cards' | 'rows'): Html {
  const { y, height } = BARS[density];
  const full = barWidth(cell);
  const tick = PAD + AT_LIMIT * full;
  return html`<rect class="track" x="${PAD}" y="${y}" width="${full}" height="${height}" /><rect
      class="bar"
      data-bar=""
      data-width="${full}"
      x="${PAD}"
      y="${y}"
      width="0"
      height="${height}"
    /><line class="limit-tick" x1="${tick}" x2="${tick}" y1="${y - 2}" y2="${y + height + 2}" />`;
}
