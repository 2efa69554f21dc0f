import type { ReactNode } from 'react';
import type { Manifest } from '@loadstair/runs';
import { Link } from 'wouter';

/** What ran, and when. */
export function RunHeader({ manifest }: { readonly manifest: Manifest }): ReactNode {
  return (
    <p className="run-header">
      <Link href={`/stages/${manifest.stage}`}>
        {manifest.stage} {manifest.slug}
      </Link>{' '}
      · {manifest.experiment ?? `profile ${manifest.profile}`} · seed {manifest.seed}
      {manifest.set.map((one) => ` · ${one}`)}
      {manifest.quick ? ' · quick' : ''} · run {manifest.run} · {minuteOf(manifest.startedAt)} ·{' '}
      <a href={`/api/runs/${manifest.run}/export`} download>
        Export
      </a>
    </p>
  );
}

/** `2026-11-24 20:31` in the reader’s own time. */
export function minuteOf(iso: string): string {
  const at = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
