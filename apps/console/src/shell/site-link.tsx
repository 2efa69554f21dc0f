import type { ReactNode } from 'react';
import { useStatus } from './lab-status.tsx';

/** The way to the photo site itself; nothing while none serves. */
export function SiteLink(): ReactNode {
  const status = useStatus();
  if (!('answer' in status) || status.answer.url === null) return null;
  return (
    <a href="/site/" target="_blank" rel="noreferrer">
      Open the site
    </a>
  );
}
