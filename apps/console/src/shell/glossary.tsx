import { TOPICS } from '@loadstair/words';
import type { ReactNode } from 'react';
import { List } from './list.tsx';

/** Every term with its meaning, by topic. */
export function Glossary(): ReactNode {
  return TOPICS.map(({ title, terms }) => (
    <section key={title}>
      <h3>{title}</h3>
      <List entries={terms.map(({ term, meaning }) => [term, meaning] as const)} />
    </section>
  ));
}
