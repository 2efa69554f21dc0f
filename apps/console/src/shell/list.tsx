import type { ReactNode } from 'react';

/** Words, each with what it means. */
export function List({ entries }: { readonly entries: readonly (readonly [word: string, meaning: string])[] }): ReactNode {
  return (
    <dl className="rows">
      {entries.map(([word, meaning]) => (
        <div className="entry" key={word}>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
