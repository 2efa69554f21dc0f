import { meaningOf } from '@loadstair/words';
import type { ReactNode } from 'react';

/** A term of the glossary: its meaning appears when the pointer rests on it. The dialog behind `?` lists all of them for keyboards. */
export function Term({ children }: { readonly children: string }): ReactNode {
  const meaning = meaningOf(children);
  return meaning === null ? children : <abbr title={meaning}>{children}</abbr>;
}
