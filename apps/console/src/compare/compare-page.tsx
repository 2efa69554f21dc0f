import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useTitle } from '../shell/use-title.ts';
import { Compared } from './compared.tsx';
import { MapView } from './map-view.tsx';
import { SideView } from './side-view.tsx';
import { StaircaseView } from './staircase-view.tsx';
import { TrendView } from './trend-view.tsx';

const VIEWS = [
  ['', 'Staircase'],
  ['map', 'Heat map'],
  ['trend', 'Trend'],
  ['side', 'Side by side'],
] as const;

/** Stages or stored runs side by side; what is looked at stands in the address. */
export function ComparePage(): ReactNode {
  useTitle('Compare');
  const [query] = useSearchParams();
  const runs = query.get('runs');
  const view = query.get('view') ?? '';
  return (
    <>
      <nav className="tabs" aria-label="Ways to compare">
        {VIEWS.map(([name, words]) => (
          <Link
            key={name}
            href={name === '' ? '/compare' : `/compare?view=${name}`}
            aria-current={runs === null && view === name ? 'page' : undefined}
          >
            {words}
          </Link>
        ))}
      </nav>
      {runs !== null ? (
        <Compared query={{ runs, baseline: query.get('baseline') === '1' ? '1' : '' }} />
      ) : view === 'map' ? (
        <MapView />
      ) : view === 'trend' ? (
        <TrendView />
      ) : view === 'side' ? (
        <SideView />
      ) : (
        <StaircaseView />
      )}
    </>
  );
}
