import type { Term } from './term.ts';
import { EXPERIMENT_TERMS } from './terms/experiments.ts';
import { LOAD_TERMS } from './terms/load.ts';
import { SITE_TERMS } from './terms/site.ts';
import { VERDICT_TERMS } from './terms/verdict.ts';

/** Terms that belong together, with a heading. */
export interface Topic {
  readonly title: string;
  readonly terms: readonly Term[];
}

/** The glossary by topic, in the order in which a newcomer meets the terms. */
export const TOPICS: readonly Topic[] = [
  { title: 'Load', terms: LOAD_TERMS },
  { title: 'Limits and verdicts', terms: VERDICT_TERMS },
  { title: 'The site and its hosts', terms: SITE_TERMS },
  { title: 'Experiments and labs', terms: EXPERIMENT_TERMS },
];

/** Every term, in the order of the topics. */
export const GLOSSARY: readonly Term[] = TOPICS.flatMap(({ terms }) => terms);

const MEANINGS = new Map(GLOSSARY.flatMap(({ term, also = [], meaning }) => [term, ...also].map((form) => [form.toLowerCase(), meaning])));

/** The meaning of a term or of another of its forms, whatever its capital letters; null for a word that is not in the glossary. */
export function meaningOf(form: string): string | null {
  return MEANINGS.get(form.toLowerCase()) ?? null;
}
