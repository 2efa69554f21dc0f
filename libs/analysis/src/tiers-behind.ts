import type { RunData } from './run-data.ts';

/** A tier and all that it calls, directly or not; on no way through `around`. Nothing behind no tier. */
export function tiersBehind(run: Pick<RunData, 'links'>, tier: string | null, around: string | null = null): string[] {
  const found: string[] = [];
  const visit = (name: string): void => {
    if (name === around || found.includes(name)) return;
    found.push(name);
    for (const link of run.links) if (link.from === name) visit(link.to);
  };
  if (tier !== null) visit(tier);
  return found;
}
