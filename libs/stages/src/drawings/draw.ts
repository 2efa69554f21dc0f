/** A drawing of a few boxes and arrows, as data: all drawings of guides are made of these, in one hand. */
export interface Drawing {
  readonly title: string;
  /** What is seen, for people who do not see it. */
  readonly description: string;
  /** px; the width is the same for all. */
  readonly height: number;
  readonly parts: readonly Part[];
}

export type Part = Box | Arrow | Note | Span;

export interface Box {
  readonly kind: 'box';
  readonly at: readonly [x: number, y: number];
  readonly size: readonly [width: number, height: number];
  readonly label: string;
  readonly below?: string;
  /** `group` surrounds others, `item` is a thing that is kept or sent. */
  readonly look?: 'host' | 'group' | 'item' | 'marked' | 'dead';
}

export interface Arrow {
  readonly kind: 'arrow';
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly label?: string;
  /** px from the middle of the line to the label. */
  readonly labelAt?: readonly [dx: number, dy: number];
  readonly look?: 'plain' | 'marked' | 'dashed';
}

export interface Note {
  readonly kind: 'note';
  readonly at: readonly [x: number, y: number];
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly look?: 'plain' | 'muted' | 'marked' | 'strong';
}

/** A stretch of time. */
export interface Span {
  readonly kind: 'span';
  readonly at: readonly [x: number, y: number];
  readonly size: readonly [width: number, height: number];
  readonly label: string;
  readonly look: 'fresh' | 'stale';
}

export const WIDTH = 720;

/** Colours of the console, light and dark (libs/report-view/src/palette.ts). */
const STYLE = `
text{font:14px system-ui,sans-serif;fill:#1a1f26}
.back{fill:#fff}.small{font-size:12px}.muted{fill:#566070}.strong{font-weight:600}
.host,.item{fill:#f5f6f8;stroke:#7c8794}.group{fill:none;stroke:#7c8794;stroke-dasharray:4 4}
.dead{fill:none;stroke:#7c8794;stroke-dasharray:2 4}
.line{stroke:#1a1f26;stroke-width:1.5;fill:none}.tip{fill:#1a1f26}.dashed{stroke-dasharray:5 4}
.marked{fill:#fdeee6;stroke:#c2410c}.line.marked{fill:none;stroke:#c2410c}.tip.marked{stroke:none;fill:#c2410c}text.marked{fill:#c2410c;stroke:none}text.marked.halo{stroke:#fff}
.fresh{fill:#c3dcef}.stale{fill:#fdeee6;stroke:#c2410c}
.halo{paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round}
@media (prefers-color-scheme:dark){
text{fill:#e8ecf0}.back{fill:#11151a}.muted{fill:#9aa6b2}
.host,.item{fill:#1a2027;stroke:#66717e}.group,.dead{stroke:#66717e}
.line{stroke:#e8ecf0}.tip{fill:#e8ecf0}
.marked{fill:#33201a;stroke:#ff8a4c}.line.marked{stroke:#ff8a4c}.tip.marked{fill:#ff8a4c}text.marked{fill:#ff8a4c}text.marked.halo{stroke:#11151a}
.fresh{fill:#1f4467}.stale{fill:#33201a;stroke:#ff8a4c}.halo{stroke:#11151a}
}`.trim();

/** What is kept or sent is drawn smaller than what keeps it. */
const LEAST_STRONG_PX = 30;
const LINE_PX = 18;
const TIP_PX = 9;

/** One SVG file, the same for the same drawing; light and dark follow the reader's choice. */
export function draw({ title, description, height, parts }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="back" width="${WIDTH}" height="${height}" rx="6"/>`,
    ...parts.map(partOf),
    '</svg>',
    '',
  ].join('\n');
}

function partOf(part: Part): string {
  switch (part.kind) {
    case 'box':
      return boxOf(part);
    case 'arrow':
      return arrowOf(part);
    case 'note':
      return text(part.at, part.text, `small halo ${part.look ?? 'plain'}`, part.anchor ?? 'start');
    case 'span': {
      const [[x, y], [width, height]] = [part.at, part.size];
      const label = text([x + width / 2, y + height / 2 + 4], part.label, `small${part.look === 'stale' ? ' marked' : ''}`, 'middle');
      return `<rect class="${part.look}" x="${x}" y="${y}" width="${width}" height="${height}"/>${label}`;
    }
  }
}

function boxOf({ at: [x, y], size: [width, height], label, below, look = 'host' }: Box): string {
  const radius = height < LEAST_STRONG_PX ? 3 : 6;
  const rect = `<rect class="${look}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
  const middle = x + width / 2;
  if (label === '') return rect;
  if (look === 'group') return `${rect}${text([x + 10, y + LINE_PX], label, 'small muted', 'start')}`;
  const weight = height < LEAST_STRONG_PX ? 'small' : 'strong';
  const first = y + height / 2 + (below === undefined ? 5 : -3);
  const lines = [text([middle, first], label, look === 'dead' ? `${weight} muted` : weight, 'middle')];
  if (below !== undefined) lines.push(text([middle, first + LINE_PX], below, 'small muted', 'middle'));
  return `${rect}${lines.join('')}`;
}

function arrowOf({ from: [x1, y1], to: [x2, y2], label, labelAt: [dx, dy] = [0, -7], look = 'plain' }: Arrow): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const back = (turn: number): string =>
    `${(x2 - TIP_PX * Math.cos(angle + turn)).toFixed(1)} ${(y2 - TIP_PX * Math.sin(angle + turn)).toFixed(1)}`;
  const line = `<path class="line ${look}" d="M${x1} ${y1}L${(x2 - 5 * Math.cos(angle)).toFixed(1)} ${(y2 - 5 * Math.sin(angle)).toFixed(1)}"/>`;
  const tip = `<path class="tip ${look}" d="M${x2} ${y2}L${back(0.4)}L${back(-0.4)}Z"/>`;
  const words =
    label === undefined
      ? ''
      : text([(x1 + x2) / 2 + dx, (y1 + y2) / 2 + dy], label, `small halo${look === 'marked' ? ' marked' : ''}`, 'middle');
  return `${line}${tip}${words}`;
}

function text([x, y]: readonly [number, number], words: string, look: string, anchor: string): string {
  return `<text class="${look}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
