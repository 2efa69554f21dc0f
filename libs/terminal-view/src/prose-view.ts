import { relative } from 'node:path';
import { wrapped } from '@loadstair/kit';
import { plainText, type Block } from '@loadstair/labs';
import { pictureFile } from '@loadstair/stages';

const GAP = 2;
/** No column of a table gets narrower. */
const NARROWEST = 8;

/** The prose of a guide as plain text: marks are left out, a link is followed by its address, a picture is its caption and its file. */
export function proseLines(stage: number, blocks: readonly Block[], columns: number): string[] {
  return blocks.flatMap((block, index) => [...(index === 0 ? [] : ['']), ...blockLines(stage, block, columns)]);
}

function blockLines(stage: number, block: Block, columns: number): string[] {
  switch (block.kind) {
    case 'text':
      return wrapped(plainText(block.inlines), columns);
    case 'command':
      return block.text.split('\n').map((line) => `  $ ${line}`);
    case 'list':
      return block.items.flatMap((item, index) => hanging(block.ordered ? `${index + 1}. ` : '- ', plainText(item), columns));
    case 'table':
      return tableLines(
        [block.head, ...block.rows].map((row) => row.map(plainText)),
        columns,
      );
    case 'picture': {
      const file = pictureFile(stage, block.file);
      return [...hanging('picture  ', block.caption, columns), ...(file === null ? [] : [`         ${relative(process.cwd(), file)}`])];
    }
  }
}

/** A mark, and the text beside it. */
function hanging(mark: string, text: string, columns: number): string[] {
  return wrapped(text, columns - mark.length).map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`);
}

/** The first row is the head; a cell that is too wide goes on below. */
function tableLines([head = [], ...rows]: readonly (readonly string[])[], columns: number): string[] {
  const widths = fitted(
    head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => (row[at] ?? '').length))),
    columns,
  );
  const lines = (row: readonly string[]): string[] => {
    const cells = widths.map((width, at) => wrapped(row[at] ?? '', width));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((cell, at) => (cell[line] ?? '').padEnd((widths[at] ?? 0) + GAP))
        .join('')
        .trimEnd(),
    );
  };
  return [...lines(head), widths.map((width) => '-'.repeat(width)).join(' '.repeat(GAP)), ...rows.flatMap(lines)];
}

/** The widest column gives way until all fit. */
function fitted(natural: readonly number[], columns: number): number[] {
  const widths = [...natural];
  const room = columns - GAP * (widths.length - 1);
  while (widths.reduce((sum, width) => sum + width, 0) > room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}
