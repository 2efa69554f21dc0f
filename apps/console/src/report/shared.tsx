import type { ReactNode } from 'react';
import type { Html } from '@loadstair/report-view';

/**
 * A part that report.html draws with the same function; its values are escaped where it is made.
 *
 * @param props.scrolls wider than a phone
 */
export function Shared({ part, scrolls = false }: { readonly part: Html | null; readonly scrolls?: boolean }): ReactNode {
  if (part === null) return null;
  const content = { __html: part.text };
  return scrolls ? (
    <div className="shared scroll" tabIndex={0} dangerouslySetInnerHTML={content} />
  ) : (
    <div className="shared" dangerouslySetInnerHTML={content} />
  );
}
