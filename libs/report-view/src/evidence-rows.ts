import { resourceWord, type Evidence, type RunData, type Verdict } from '@loadstair/analysis';

/** A line of the evidence, in the order people read it; its number is its place, from 1. */
export interface EvidenceRow {
  readonly side: 'for' | 'against' | 'ruled out';
  readonly text: string;
  /** What was measured; null of what was ruled out. */
  readonly fact: Evidence | null;
  /** Ids of the resources it is about. */
  readonly resources: readonly string[];
}

/** For, against, ruled out; a refused run has none. */
export function evidenceRows(verdict: Verdict, run: Pick<RunData, 'resources'>): EvidenceRow[] {
  if (verdict.kind === 'refused') return [];
  const facts = verdict.evidence.map((fact): EvidenceRow => ({
    side: fact.for ? 'for' : 'against',
    text: fact.text,
    fact,
    resources: fact.resource === null ? [] : alike(fact.resource, run),
  }));
  const against = facts.filter(({ side }) => side === 'against');
  // What is explained away stands as evidence against already.
  const out =
    verdict.kind === 'none-in-range' ? [] : verdict.ruledOut.filter((one) => !against.some(({ text }) => text.endsWith(one.reason)));
  return [
    ...facts,
    ...out.map(({ tier, resource, reason }): EvidenceRow => ({
      side: 'ruled out',
      text: `${tier} ${resourceWord(resource)}: ${reason}`,
      fact: null,
      resources: run.resources.filter((one) => one.tier === tier && one.kind === resource).map(({ id }) => id),
    })),
  ];
}

/** A resource, then those of its kind on the other hosts of its tier. */
function alike(id: string, { resources }: Pick<RunData, 'resources'>): string[] {
  const own = resources.find((one) => one.id === id);
  const others = resources.filter((one) => one.id !== id && one.tier === own?.tier && one.kind === own.kind);
  return [id, ...others.map((one) => one.id)];
}
