import type { ReactNode } from 'react';
import { utcMinute } from '@loadstair/analysis';
import type { Manifest } from '@loadstair/runs';
import { Link } from 'wouter';
import { copy, hrefOf } from '../lab/copy.ts';

/** What ran, and when. */
export function RunHeader({ manifest }: { readonly manifest: Manifest }): ReactNode {
  return (
    <p className="run-header">
      <Link href={`/stages/${manifest.stage}`}>
        {manifest.stage} {manifest.slug}
      </Link>{' '}
      · {manifest.experiment ?? `profile ${manifest.profile}`} · seed {manifest.seed}
      {manifest.set.map((one) => ` · ${one}`)}
      {manifest.quick ? ' · quick' : ''} · run {manifest.run} · {utcMinute(manifest.startedAt)}
      {manifest.imported === undefined ? '' : ' · imported'} ·{' '}
      <a href={hrefOf(`/api/runs/${manifest.run}/report`)} download={`loadstair-${manifest.run}.html`}>
        Download report
      </a>
      {copy() === null ? (
        <>
          {' '}
          ·{' '}
          <a href={`/api/runs/${manifest.run}/export`} download>
            Export run
          </a>
        </>
      ) : null}
    </p>
  );
}
