import { declarations } from '@loadstair/components/declarations';
import { hashOf, withPlaces, type SettingValue, type Topology } from '@loadstair/topology';
import type { StoredManifest } from './manifest.ts';

interface OldTopology {
  readonly tiers: readonly OldTier[];
  readonly links?: readonly OldLink[];
}

interface OldLink {
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: string;
  readonly role?: string;
}

interface OldTier {
  readonly name?: string;
  readonly public?: boolean;
  readonly distanceMs?: number;
  readonly components: readonly string[];
  readonly settings: Readonly<Record<string, SettingValue | object>>;
}

/**
 * A manifest as it would be written now: until December 2026, settings of a tier stood in it without the component they are of, the role
 * of a link was called its protocol, there were no places, and a database was known by its server.
 */
export function manifestAsNow(manifest: StoredManifest): StoredManifest {
  const kept = manifest.topology;
  if (!isReadable(kept)) return manifest;
  const { tiers, links = [] } = kept;
  const told = isFlat(kept) ? { ...kept, tiers: tiers.map(tierAsNow), links: links.map(linkAsNow) } : kept;
  const groups = 'groups' in kept ? [] : groupsWithoutLinks(told);
  const topology = { ...withPlaces({ ...told, links: told.links ?? [] }), ...(groups.length === 0 ? {} : { groups }) };
  return isFlat(kept) || !('places' in kept) || groups.length > 0
    ? { ...manifest, topology, topologyHash: hashOf(topology as Topology) }
    : manifest;
}

/** Tiers that keep a database and that no link of role `sql` or `wal` leads to or follows from. */
function groupsWithoutLinks({ tiers, links = [] }: OldTopology): string[] {
  const linked = links.flatMap(({ from, to, role }) => (role === 'wal' ? [from, to] : role === 'sql' ? [to] : []));
  return tiers.flatMap(({ name, components }) =>
    name !== undefined && !linked.includes(name) && components.some((kind) => declarations.get(kind)?.serves?.sql !== undefined)
      ? [name]
      : [],
  );
}

function isReadable(topology: unknown): topology is OldTopology {
  const { tiers, links = [] } = (topology ?? {}) as { tiers?: unknown; links?: unknown };
  if (!Array.isArray(tiers) || !Array.isArray(links) || links.some((one) => typeof one !== 'object' || one === null)) return false;
  return tiers.every((tier: Partial<OldTier> | null) => Array.isArray(tier?.components) && typeof tier.settings === 'object');
}

function isFlat({ tiers, links = [] }: OldTopology): boolean {
  const flat = tiers.some(({ settings }) => Object.values(settings).some((value) => typeof value !== 'object'));
  return flat || links.some((one) => 'protocol' in one);
}

function linkAsNow({ protocol, ...link }: OldLink): OldLink {
  return protocol === undefined ? link : { ...link, role: protocol };
}

function tierAsNow(tier: OldTier): OldTier {
  const settings: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(tier.settings)) {
    const kind = tier.components.find((one) => key in (declarations.get(one)?.settings ?? {}));
    if (kind === undefined) continue;
    // A bare site was one whose telemetry was 0.
    settings[kind] = { ...settings[kind], [key]: key === 'telemetry' ? 'off' : value };
  }
  return { ...tier, settings };
}
