import type { LinkInfo } from './resource.ts';

/** A tier and all that it calls, directly or not; on no way through `around`. Nothing behind no tier. */
export function tiersBehind(
  { links }: { readonly links: readonly LinkInfo[] },
  tier: string | null,
  around: string | null = null,
): string[] {
  const found: string[] = [];
  const visit = (name: string): void => {
    if (name === around || found.includes(name)) return;
    found.push(name);
    for (const link of links) if (link.from === name) visit(link.to);
  };
  if (tier !== null) visit(tier);
  return found;
}
