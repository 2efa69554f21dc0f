import { GLOSSARY } from './glossary.ts';

/** A habit that makes a sentence hard to read, or a word for which the glossary has a term. */
export interface Forbidden {
  readonly pattern: RegExp;
  /** What to write in its place. */
  readonly instead: string;
}

/** A place where a text is against the wording. */
export interface Wording {
  /** The words found. */
  readonly found: string;
  readonly instead: string;
}

const HABITS: readonly Forbidden[] = [
  // Clauses torn from their noun, and pronouns without one.
  {
    pattern: /\b(?:go(?:es)?|costs?|comes?|gets?|takes?) (?:that|which|who) (?:needs?|forgets?|has|had|have)\b/i,
    instead: 'put the clause beside its noun',
  },
  { pattern: /\bof it\b/i, instead: 'repeat the noun' },
  { pattern: /\bwhoever\b/i, instead: 'name the host, client or user' },
  { pattern: /(?:^|[.:;(] ?)who (?!.*\?)/i, instead: 'name the host, client or user' },
  { pattern: /\b(?:of|to|by|with|from|for|costs?|tells?|asks?) who\b/i, instead: 'name the host, client or user' },
  { pattern: /\bwhose turn\b/i, instead: 'name the host' },
  { pattern: /\b(?:from|since) which on\b/i, instead: 'at or above which; after which' },
  { pattern: /\bof the own\b/i, instead: 'their own; its own' },
  // Passives without an actor.
  { pattern: /\b(?:is|are|was|were|be|been|being|unless|as) told\b/i, instead: 'say who tells whom, or name the setting' },
  { pattern: /\b(?:is|are|was|were) said\b/i, instead: 'say who reports what' },
  { pattern: /\bit is looked for\b/i, instead: 'say who looks for what' },
  { pattern: /\basked again elsewhere\b/i, instead: 'retried at another host' },
  // Word order and idioms of another language.
  { pattern: /\bhad had\b/i, instead: 'used to have' },
  { pattern: /\bfor want of\b/i, instead: 'for lack of' },
  { pattern: /\b(?:is|are|was|were|be) asked for\b/i, instead: 'is requested' },
  { pattern: /\b(?:go|goes|going|went|gone) on\b/i, instead: 'continue' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\bshall\b/i, instead: 'must, will' },
  { pattern: /\bthe site is away\b/i, instead: 'the site is down' },
  { pattern: /\bstands? still\b/i, instead: 'is paused' },
  { pattern: /\bnot so\b(?! )/i, instead: 'wrong, not the case' },
  { pattern: /\bdo something to\b/i, instead: 'name the action' },
  { pattern: /\blooks have failed\b/i, instead: 'health checks have failed' },
  { pattern: /\bits looks\b|[’']s looks?\b/i, instead: 'health check' },
  { pattern: /\bcollecting garbage\b/i, instead: 'garbage collection' },
  { pattern: /\bdrawn against it\b/i, instead: 'plotted against the setting' },
  { pattern: /\b(?:nobody|somebody) was told\b/i, instead: 'not acknowledged; acknowledged to a client' },
  // What a lab that measures does not claim.
  { pattern: /\broot causes?\b/i, instead: 'limit' },
];

/** Every forbidden pattern: the habits, and what the glossary says not to write for its terms. */
export const FORBIDDEN: readonly Forbidden[] = [
  ...HABITS,
  ...GLOSSARY.flatMap(({ term, avoid = [] }) => avoid.map((words) => ({ pattern: new RegExp(`\\b${words}\\b`, 'i'), instead: term }))),
];

/** Every place where a text is against the wording; none for a clean text. */
export function wordingOf(text: string): Wording[] {
  return FORBIDDEN.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(text)?.[0].trim();
    return found === undefined ? [] : [{ found, instead }];
  });
}
