import { declarations } from '@loadstair/components/declarations';
import { hashOf, type SettingValue, type Topology } from '@loadstair/topology';
import type { Manifest } from './manifest.ts';

interface OldTopology {
  readonly tiers: readonly OldTier[];
  readonly links?: readonly { readonly protocol?: string; readonly role?: string }[];
}

interface OldTier {
  readonly components: readonly string[];
  readonly settings: Readonly<Record<string, SettingValue | object>>;
}

/**
 * A manifest as it would be written now: until December 2026, settings of a tier stood in it without the component they are of, and
 * the role of a link was called its protocol.
 */
export function manifestAsNow(manifest: Manifest): Manifest {
  if (!isOld(manifest.topology)) return manifest;
  const { tiers, links = [] } = manifest.topology;
  const topology = { ...manifest.topology, tiers: tiers.map(tierAsNow), links: links.map(linkAsNow) };
  return { ...manifest, topology, topologyHash: hashOf(topology as unknown as Topology) };
}

function isOld(topology: unknown): topology is OldTopology {
  const { tiers, links = [] } = (topology ?? {}) as { tiers?: unknown; links?: unknown };
  if (!Array.isArray(tiers) || !Array.isArray(links) || links.some((one) => typeof one !== 'object' || one === null)) return false;
  const readable = tiers.every((tier: Partial<OldTier> | null) => Array.isArray(tier?.components) && typeof tier.settings === 'object');
  if (!readable) return false;
  const flat = (tiers as OldTier[]).some(({ settings }) => Object.values(settings).some((value) => typeof value !== 'object'));
  return flat || links.some((one: object) => 'protocol' in one);
}

function linkAsNow({ protocol, ...link }: { readonly protocol?: string; readonly role?: string }): object {
  return protocol === undefined ? link : { ...link, role: protocol };
}

function tierAsNow(tier: OldTier): object {
  const settings: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(tier.settings)) {
    const kind = tier.components.find((one) => key in (declarations.get(one)?.settings ?? {}));
    if (kind === undefined) continue;
    // A bare site was one whose telemetry was 0.
    settings[kind] = { ...settings[kind], [key]: key === 'telemetry' ? 'off' : value };
  }
  return { ...tier, settings };
}
