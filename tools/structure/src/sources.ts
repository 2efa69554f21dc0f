import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

export const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** A file of the repository as TypeScript reads it. */
export interface Source {
  /** From the repository's folder, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

const PLACES = ['apps/*', 'libs/*', 'dashboards', 'loadprofiles', 'tools/*'];
/** Built, or of others. */
const LEFT_OUT = /(^|\/)(dist|node_modules)(\/|$)|\.d\.ts$/;

/** All TypeScript of the repository, tests included, in the order of paths. */
export function readSources(): Source[] {
  return filesOf('{ts,tsx}').map((path) => sourceOf(path, readFileSync(join(REPOSITORY, path), 'utf8')));
}

/** Paths of all files with such an ending. */
export function filesOf(ending: string): string[] {
  return globSync(
    PLACES.map((place) => `${place}/**/*.${ending}`),
    { cwd: REPOSITORY, exclude: (name) => name === 'node_modules' || name === 'dist' },
  )
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
}

export function sourceOf(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

/** What a file imports, as written: `import`, `export … from` and `import()`, types too. */
export function importsOf({ tree }: Source): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const named = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
    const called = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
    const typed = ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
    for (const specifier of [named, called, typed]) {
      if (specifier !== undefined && ts.isStringLiteral(specifier)) found.push(specifier.text);
    }
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}
