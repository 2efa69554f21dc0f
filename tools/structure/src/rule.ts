import ts from 'typescript';
import type { Resolve } from './resolve.ts';
import { importsOf, type Source } from './sources.ts';

/** What only a stage and a component may know of. */
export interface Names {
  /** Every tier that a stage has. */
  readonly tiers: readonly string[];
  /** Every kind of component that a stage has. */
  readonly kinds: readonly string[];
}

/** Something a file knows that it should not: `tier db`, `host web-1`, `stage 3`, `kind redis` or `import redis`. */
export type Finding = string;

/** Tier names that are words of other things too; they count where a tier is meant. */
const EVERYDAY = new Set(['server', 'cache', 'edge']);
/** Whose value is a tier or a host. */
const OF_A_TIER = /tier|host|^(from|to)$/i;
/** Whose value is a component's kind; `site` is also what a whole stage runs. */
const OF_A_KIND = /kind|component|program|tool|runs$/i;
const OF_A_STAGE = /^(stage|stages|stageNumber|stageByNumber)$/i;
/** Commands whose first argument is a stage, and how people write of one. */
const STAGE_IN_TEXT = /(?:\b(?:stage|lab)|\.\/lab [a-z]+) (\d+)\b/gi;

/**
 * The one rule (docs/explanation/architecture.md): outside `libs/stages`, a component's own folder, and tests, nobody knows a single tier, stage or
 * component.
 *
 * @returns each finding once, in the order of names
 */
export function findingsOf(source: Source, { tiers, kinds }: Names, resolve: Resolve): Finding[] {
  if (isExempt(source.path)) return [];
  const own = ownKind(source.path);
  const strangers = kinds.filter((kind) => kind !== own);
  const found = new Set<Finding>();
  for (const specifier of importsOf(source)) {
    const file = resolve(source.path, specifier) ?? '';
    const kind = file.startsWith('libs/components/') ? ownKind(file) : null;
    if (kind !== null && strangers.includes(kind) && !isIndex(source.path)) found.add(`import ${kind}`);
  }
  const hosts = new RegExp(`\\b(?:${tiers.join('|')})-?\\d+\\b`, 'g');
  const settings = new RegExp(`(?<![\\w./-])(${tiers.join('|')})\\.[a-z-]+=`, 'g');
  const text = (node: ts.Node, words: string): void => {
    for (const [host] of words.matchAll(hosts)) found.add(`host ${host}`);
    for (const [, tier] of words.matchAll(settings)) found.add(`tier ${tier}`);
    for (const [, stage] of words.matchAll(STAGE_IN_TEXT)) found.add(`stage ${stage}`);
    if (tiers.includes(words) && !isPath(node) && meaning(node) !== 'word' && (!EVERYDAY.has(words) || OF_A_TIER.test(meaning(node))))
      found.add(`tier ${words}`);
    if (strangers.includes(words) && (words !== 'site' || OF_A_KIND.test(meaning(node)))) found.add(`kind ${words}`);
  };
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node)) text(node, node.text);
    else if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) || ts.isJsxText(node)) text(node, node.text);
    else if (ts.isNumericLiteral(node) && OF_A_STAGE.test(meaning(node).split(' ')[0] ?? '')) found.add(`stage ${node.text}`);
    else if (ts.isIdentifier(node) && isName(node) && node.text !== 'site' && strangers.includes(node.text)) found.add(`kind ${node.text}`);
    ts.forEachChild(node, look);
  };
  look(source.tree);
  return [...found].sort();
}

function isExempt(path: string): boolean {
  return /^libs\/stages\/|^tools\/|\.test\.tsx?$|\/(testing|fixtures)\//.test(path);
}

/** The component whose folder or program holds a file, or null. */
function ownKind(path: string): string | null {
  if (path.startsWith('libs/photo-site/')) return 'site';
  return /^(?:libs\/components\/src|apps)\/([^/]+)\/./.exec(path)?.[1] ?? null;
}

/** A part of a path, which names no tier. */
function isPath({ parent }: ts.Node): boolean {
  return parent !== undefined && ts.isCallExpression(parent) && /^(join|resolve)$/.test(lastName(parent.expression));
}

/** The list of all components: one line each. */
function isIndex(path: string): boolean {
  return /^libs\/components\/src\/(catalogue|declarations|panels)\.ts$/.test(path);
}

/** A name that belongs to something: a key of an object or a type, or what is read of one. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isShorthandPropertyAssignment(parent)) &&
      parent.name === node) ||
    (ts.isPropertyAccessExpression(parent) && parent.name === node)
  );
}

/** The name of what a literal stands for: of the property or variable it is given to, what it is compared with, or who is asked with it. */
function meaning(node: ts.Node): string {
  const { parent } = node;
  if (parent === undefined) return '';
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isPropertySignature(parent))
    return parent.name.getText();
  if (ts.isBinaryExpression(parent)) return lastName(parent.left === node ? parent.right : parent.left);
  if (ts.isCaseClause(parent)) return lastName(parent.parent.parent.expression);
  if (ts.isCallExpression(parent))
    return parent.expression === node ? '' : `${lastName(parent.expression)} ${ownerName(parent.expression)}`.trim();
  if (ts.isPropertyAccessExpression(parent)) return '';
  if (ts.isTypeAliasDeclaration(parent)) return parent.name.text;
  return meaning(parent);
}

function lastName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isCallExpression(node)) return lastName(node.expression);
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return lastName(node.expression);
  if (ts.isBinaryExpression(node)) return lastName(node.left);
  return '';
}

/** `components` of `tier.components.includes('redis')`. */
function ownerName(node: ts.Expression): string {
  return ts.isPropertyAccessExpression(node) ? lastName(node.expression) : '';
}
