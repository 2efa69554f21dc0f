import type { ReactNode } from 'react';
import { Term } from './term.tsx';

/** The head of a column of numbers is its words; one of text is made by `left`. */
export type Column = string | { readonly words: ReactNode; readonly className: string };

/** Column of text. */
export function left(words: ReactNode, className = 'left'): Column {
  return { words, className };
}

/** The heads of a table, one a column; a term of the glossary explains itself. */
export function Heads({ columns }: { readonly columns: readonly Column[] }): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map((column, index) =>
          typeof column === 'string' ? (
            <th scope="col" key={index}>
              <Term>{column}</Term>
            </th>
          ) : (
            <th scope="col" className={column.className} key={index}>
              {typeof column.words === 'string' ? <Term>{column.words}</Term> : column.words}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
