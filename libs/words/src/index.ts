export { GLOSSARY, TOPICS, meaningOf, type Topic } from './glossary.ts';
export type { Term } from './term.ts';
export { FORBIDDEN, wordingOf, type Forbidden, type Wording } from './wording.ts';
