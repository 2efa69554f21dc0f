import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ToolDeclaration } from '@loadstair/components/declarations';
import { toolOf } from './catalogue.ts';
import { isAtLeast } from './is-at-least.ts';

const execute = promisify(execFile);
const VERSION_WITHIN_MS = 10_000;

/** What was found of one tool. `path` is a program or a folder, as the tool wants. */
export type ToolReport =
  | {
      readonly name: string;
      readonly state: 'found';
      readonly version: string;
      readonly path: string;
      readonly from: 'PATH' | 'package' | 'lab';
    }
  | { readonly name: string; readonly state: 'unsupported'; readonly version: string; readonly path: string; readonly wanted: string }
  | { readonly name: string; readonly state: 'missing' };

export interface Where {
  /** `.lab`; programs built here lie in its `bin`. */
  readonly labFolder: string;
  /** PATH to search. */
  readonly path: string;
}

/** Looks on PATH, then where packages put things, then among what the lab built. The first supported one is taken. */
export async function findTool(name: string, where: Where): Promise<ToolReport> {
  const tool = toolOf(name);
  const places: readonly (readonly [folder: string, from: 'PATH' | 'package' | 'lab'])[] = [
    ...where.path
      .split(':')
      .filter(Boolean)
      .map((folder) => [folder, 'PATH'] as const),
    ...tool.folders.flatMap(expand).map((folder) => [folder, 'package'] as const),
    [join(where.labFolder, 'bin'), 'lab'],
  ];
  let unsupported: ToolReport | null = null;
  for (const [folder, from] of places) {
    if (!tool.programs.every((program) => isProgram(join(folder, program)))) continue;
    const path = join(folder, tool.programs[0] as string);
    const version = await versionOf(tool, path, from);
    if (version === null) continue;
    const report = { name, version, path: tool.wantsFolder ? dirname(path) : path };
    const wanted = tool.minimum.join('.');
    if (isAtLeast(version, wanted)) return { ...report, state: 'found', from };
    unsupported ??= { ...report, state: 'unsupported', wanted };
  }
  return unsupported ?? { name, state: 'missing' };
}

async function versionOf(tool: ToolDeclaration, path: string, from: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await execute(path, [...tool.versionArgs], { timeout: VERSION_WITHIN_MS });
    return parseVersion(stdout + stderr) ?? (from === 'lab' && tool.source.how === 'go' ? tool.source.pinned : null);
  } catch {
    return null;
  }
}

/** The first thing that looks like a version, but no `go1.26.8` of the compiler: `k6 v2.2.0 (go…)`, `postgres (PostgreSQL) 15.18 (Debian …)`. */
export function parseVersion(text: string): string | null {
  return /(?<![\w.])v?(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1] ?? null;
}

/** Folders of a pattern with one `*`, newest version first. */
function expand(pattern: string): string[] {
  const [before, after] = pattern.split('*');
  if (after === undefined || before === undefined) return [pattern];
  try {
    return readdirSync(before)
      .sort((a, b) => Number(b) - Number(a))
      .map((name) => `${before}${name}${after}`);
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
