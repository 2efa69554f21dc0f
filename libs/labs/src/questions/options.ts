import { resourceKinds, type ResourceKind } from '@loadstair/resources';
import { resourceWord } from '@loadstair/analysis';
import type { Topology } from '@loadstair/topology';
import type { Option } from '../answer.ts';

export const NOTHING: Option = { value: 'nothing', label: 'nothing' };

/** Tiers in the order data flows; a tier of one host by the host's name. */
export function tierOptions({ tiers }: Topology): Option[] {
  return tiers.map(({ name, count }) => ({ value: name, label: count === 1 ? `${name}-1` : `${name} tier` }));
}

/** Every kind of resource that the lab knows, for a question that gives nothing away. */
export function everyResource(): Option[] {
  return resourceOptions(resourceKinds() as ResourceKind[]);
}

export function resourceOptions(kinds: readonly ResourceKind[]): Option[] {
  return kinds.map((kind) => ({ value: kind, label: resourceWord(kind) }));
}
