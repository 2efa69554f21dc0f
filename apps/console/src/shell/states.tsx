import { useEffect, useState, type ReactNode } from 'react';
import type { Failure } from '../lab/lab-error.ts';
import { CopyButton } from './copy-button.tsx';

const AFTER_MS = 300;

/** Shown only when it takes long enough to be noticed; holds the place in the meantime. */
export function Loading({ what }: { readonly what: string }): ReactNode {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return <p className="placeholder">{late ? `Reading ${what}…` : ' '}</p>;
}

/** What happened, why, what to do. */
export function Failed({ failure }: { readonly failure: Failure }): ReactNode {
  const lines = failureLines(failure);
  return (
    <section className="problem" role="alert">
      <h1>
        <span aria-hidden="true">✕</span> {lines.what}
      </h1>
      <dl className="rows">
        {lines.why === '' ? null : (
          <>
            <dt>why</dt>
            <dd>{lines.why}</dd>
          </>
        )}
        <dt>do</dt>
        <dd>{lines.do}</dd>
      </dl>
      <p className="tools">
        <CopyButton text={detailsOf(failure)} what="details" />
      </p>
    </section>
  );
}

/** What somebody needs who is asked for help. */
function detailsOf(failure: Failure): string {
  const { what, why, do: advice } = failureLines(failure);
  const code = failure.kind === 'problem' ? ` (${failure.problem.code})` : '';
  return [`${what}${code}`, `why: ${why}`, `do: ${advice}`, `page: ${location.pathname}${location.search}`].join('\n');
}

export function failureLines(failure: Failure): { readonly what: string; readonly why: string; readonly do: string } {
  switch (failure.kind) {
    case 'gone':
      return { what: 'The lab does not answer.', why: 'it ends with the command that started it', do: './lab console starts it again' };
    case 'key':
      return { what: 'Nothing was changed.', why: 'the key is missing or wrong', do: './lab console prints an address with the key' };
    case 'problem':
      return failure.problem;
  }
}

export function NotFound(): ReactNode {
  return (
    <Failed
      failure={{
        kind: 'problem',
        status: 404,
        problem: { what: 'There is no such page.', why: '', do: 'choose a page in the bar above', code: 'E_NOT_FOUND', exit: 2 },
      }}
    />
  );
}
