import type { MouseEvent, ReactNode } from 'react';
import type { Html } from '@loadstair/report-view';
import { useLocation } from 'wouter';
import { copy, withLinksOf } from '../lab/copy.ts';

/**
 * A part that report.html draws with the same function; its values are escaped where it is made.
 *
 * @param props.scrolls wider than a phone
 */
export function Shared({ part, scrolls = false }: { readonly part: Html | null; readonly scrolls?: boolean }): ReactNode {
  const [, go] = useLocation();
  if (part === null) return null;
  const content = { __html: withLinksOf(part.text) };
  // Its links are the console's own: they need no page to be loaded again.
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const href = (event.target as Element).closest('a')?.getAttribute('href');
    const base = copy()?.base ?? '';
    if (href === null || href === undefined || !href.startsWith(`${base}/`)) return;
    event.preventDefault();
    go(href.slice(base.length));
  };
  return scrolls ? (
    <div className="shared scroll" tabIndex={0} onClick={follow} dangerouslySetInnerHTML={content} />
  ) : (
    <div className="shared" onClick={follow} dangerouslySetInnerHTML={content} />
  );
}
