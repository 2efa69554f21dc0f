import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readSources, REPOSITORY, type Source } from './sources.ts';

/** A text that people read, and where it stands. */
export interface Prose {
  readonly path: string;
  /** The line it begins at, from 1. */
  readonly line: number;
  /** What is computed is `…` in it. */
  readonly text: string;
}

/** Files of the glossary hold the words that others must not use. */
const LEFT_OUT = /^libs\/words\/|^tools\/|\.test\.tsx?$|\/(testing|fixtures)\//;
/** Written from the glossary, with the words to avoid. */
const GENERATED = 'docs/reference/glossary.md';

/** All texts that people read: documents and guides, and every sentence of the programs. */
export function readProse(): Prose[] {
  const documents = globSync(['*.md', 'docs/**/*.md', 'libs/stages/src/*/*.md'], { cwd: REPOSITORY })
    .filter((path) => path !== GENERATED)
    .sort();
  return [
    ...documents.flatMap((path) => paragraphsOf(path, readFileSync(join(REPOSITORY, path), 'utf8'))),
    ...readSources()
      .filter(({ path }) => !LEFT_OUT.test(path))
      .flatMap(sentencesOf),
  ];
}

/** Paragraphs, list items and rows of a Markdown document, without code. */
export function paragraphsOf(path: string, markdown: string): Prose[] {
  const found: Prose[] = [];
  let fenced = false;
  let open: { readonly line: number; words: string } | null = null;
  const end = (): void => {
    if (open !== null) found.push({ path, line: open.line, text: open.words });
    open = null;
  };
  for (const [index, raw] of markdown.split('\n').entries()) {
    const line = raw.replaceAll(/`[^`]*`/g, '…').trim();
    if (raw.trimStart().startsWith('```')) {
      fenced = !fenced;
      end();
    } else if (fenced || line === '') end();
    else {
      if (/^([-*#|>]|\d+\.)/.test(line)) end();
      if (open === null) open = { line: index + 1, words: line };
      else open.words += ` ${line}`;
    }
  }
  end();
  return found;
}

/** String literals, templates and text of elements that are more than a word; those joined by `+` are one text. */
export function sentencesOf({ path, tree }: Source): Prose[] {
  const found: Prose[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    const text = ts.isJsxText(node) ? node.text : ts.isExpression(node) ? textOf(node) : null;
    if (text === null) {
      ts.forEachChild(node, look);
      return;
    }
    const words = text
      .replaceAll(/<%.*?%>/gs, '…')
      .replaceAll(/\s+/g, ' ')
      .trim();
    if (words.includes(' ')) found.push({ path, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1, text: words });
    for (const expression of computedIn(node)) look(expression);
  };
  look(tree);
  return found;
}

/** The text of a literal, a template, or a sum of which a part is one; null for anything else. */
function textOf(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === null && right === null ? null : `${left ?? '…'}${right ?? '…'}`;
}

/** The expressions within a text, which may hold texts of their own. */
function computedIn(node: ts.Node): ts.Expression[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (!ts.isBinaryExpression(node)) return [];
  return [node.left, node.right].flatMap((side) => (textOf(side) === null ? [side] : computedIn(side)));
}
