import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';

/** What the prose of a guide is made of: plain data that a page, or a terminal, shows in its own way. Nothing of it is markup. */
export type Block =
  | { readonly kind: 'text'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  /** A drawing in the folder of the stage: `read-through.svg`. */
  | { readonly kind: 'picture'; readonly file: string; readonly caption: string };

/** A run of characters of one kind. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

type Cell = readonly Inline[];

/** The guide of a stage has a form; this is where it departs from it. */
export class BadGuide extends Error {
  constructor(why: string) {
    super(`A guide.md is not of the form of docs/how-to/add-a-lab.md: ${why}.`);
    this.name = 'BadGuide';
  }
}

/** Pages of others, or of the console. */
const LINK = /^(?:https:\/\/|\/)/;
const PICTURE = /^[a-z-]+\.svg$/;

/** Reads paragraphs, lists, tables, pictures and commands. Throws BadGuide for anything else, HTML above all. */
export function readProse(markdown: string): Block[] {
  return tokensOf(lexer(markdown)).flatMap(blocksOf);
}

/** As a terminal shows words: code between backticks, a link followed by its address, no other marks. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'link') return `${inline.text} (${inline.href})`;
      return inline.kind === 'code' ? `\`${inline.text}\`` : inline.text;
    })
    .join('');
}

/** The same block with its words changed; commands and pictures stay as they are. */
export function withWords(block: Block, change: (words: string) => string): Block {
  const cell = (inlines: Cell): Cell => inlines.map((inline) => ({ ...inline, text: change(inline.text) }));
  switch (block.kind) {
    case 'text':
      return { ...block, inlines: cell(block.inlines) };
    case 'list':
      return { ...block, items: block.items.map(cell) };
    case 'table':
      return { ...block, head: block.head.map(cell), rows: block.rows.map((row) => row.map(cell)) };
    default:
      return block;
  }
}

function blocksOf(token: MarkedToken): Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'paragraph':
      return [pictureIn(token) ?? { kind: 'text', inlines: inlinesOf(token.tokens) }];
    case 'code':
      if (token.lang !== 'sh') throw new BadGuide(`“${token.text}” is code, and not marked sh`);
      return [{ kind: 'command', text: token.text }];
    case 'list':
      return [{ kind: 'list', ordered: token.ordered, items: token.items.map((item) => inlinesOf(item.tokens)) }];
    case 'table':
      return [
        {
          kind: 'table',
          head: token.header.map((cell) => inlinesOf(cell.tokens)),
          rows: token.rows.map((row) => row.map((cell) => inlinesOf(cell.tokens))),
        },
      ];
    default:
      throw new BadGuide(`“${token.raw.trim()}” is a ${token.type}, which no guide has`);
  }
}

/** A picture has a paragraph of its own. */
function pictureIn({ tokens }: Tokens.Paragraph): Block | null {
  const [only, ...more] = tokensOf(tokens);
  if (only?.type !== 'image' || more.length > 0) return null;
  if (!PICTURE.test(only.href)) throw new BadGuide(`the picture ${only.href} is not an .svg beside the guide`);
  if (only.text === '') throw new BadGuide(`the picture ${only.href} has no caption`);
  return { kind: 'picture', file: only.href, caption: only.text };
}

function inlinesOf(tokens: readonly Token[]): Inline[] {
  return tokensOf(tokens).flatMap((token): Inline[] => {
    switch (token.type) {
      case 'paragraph':
        return inlinesOf(token.tokens);
      case 'text':
        return token.tokens === undefined ? [{ kind: 'text', text: oneLine(token.text) }] : inlinesOf(token.tokens);
      case 'escape':
        return [{ kind: 'text', text: token.text }];
      case 'strong':
        return [{ kind: 'strong', text: oneLine(token.text) }];
      case 'em':
        return [{ kind: 'emphasis', text: oneLine(token.text) }];
      case 'codespan':
        return [{ kind: 'code', text: oneLine(token.text) }];
      case 'link':
        if (!LINK.test(token.href)) throw new BadGuide(`the link ${token.href} leads to no https address and no page of the console`);
        return [{ kind: 'link', text: oneLine(token.text), href: token.href }];
      default:
        throw new BadGuide(`“${token.raw.trim()}” is a ${token.type}, which no line of a guide has`);
    }
  });
}

/** The lexer has no extensions here, so every token is one of its own. */
function tokensOf(tokens: readonly Token[]): readonly MarkedToken[] {
  return tokens as readonly MarkedToken[];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
