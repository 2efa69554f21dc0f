import { moduleOf } from '@loadstair/resources';
import type { NamedResource } from './verdict.ts';

/** `db-1 CPU`, or `web tier CPU` when several hosts are alike. */
export function resourceName(named: Pick<NamedResource, 'tier' | 'hosts' | 'resource'>): string {
  const where = named.hosts.length === 1 ? (named.hosts[0] as string) : `${named.tier} tier`;
  return `${where} ${resourceWord(named.resource)}`;
}

/** What people call a kind of resource. */
export function resourceWord(kind: string): string {
  return moduleOf(kind).word;
}

export function capitalised(text: string): string {
  return text.replace(/^[a-z]+(?= tier|$)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}
