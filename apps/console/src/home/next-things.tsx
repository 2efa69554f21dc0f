import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { NextThing } from './what-next.ts';

/** What to do next, a line each with its button. */
export function NextThings({ things }: { readonly things: readonly NextThing[] }): ReactNode {
  if (things.length === 0) return null;
  return (
    <>
      <h2>What to do next</h2>
      <ul className="next">
        {things.map(({ title, why, href, button }) => (
          <li key={title}>
            <span>
              <strong>{title}</strong>
              <span className="detail">{why}</span>
            </span>
            <Link href={href} className="button" aria-label={`${button}: ${title}`}>
              {button}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
