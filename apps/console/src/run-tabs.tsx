import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

/** Parts of a run's page, each with an address of its own. */
const TABS = [
  ['', 'Run'],
  ['/dashboards', 'Dashboards'],
  ['/traces', 'Traces'],
  ['/logs', 'Logs'],
] as const;

export function RunTabs({ id }: { readonly id: string }): ReactNode {
  const [location] = useLocation();
  return (
    <nav className="tabs" aria-label={`Run ${id}`}>
      {TABS.map(([path, name]) => {
        const href = `/runs/${id}${path}`;
        const here = path === '' ? location === href : location.startsWith(href);
        return (
          <Link key={path} href={href} aria-current={here ? 'page' : undefined}>
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
