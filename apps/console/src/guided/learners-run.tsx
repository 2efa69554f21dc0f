import { useState, type MouseEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { read } from '../lab/client.ts';

/** Leads to a learner’s run where this lab has it; else says where it is. */
export function LearnersRun({ run, learner, text }: { readonly run: string; readonly learner: string; readonly text: string }): ReactNode {
  const [, go] = useLocation();
  const [elsewhere, setElsewhere] = useState(false);
  const href = `/runs/${run}`;
  const look = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void read(new AbortController().signal, 'GET /api/runs', { query: { search: run } }).then(
      ({ runs }) => (runs.some(({ id }) => id === run) ? go(href) : setElsewhere(true)),
      // The page itself says why nothing can be read.
      () => go(href),
    );
  };
  return (
    <>
      <Link href={href} onClick={look} aria-label={`${text}: run ${run} of ${learner}`}>
        {text}
      </Link>
      <span role="status">{elsewhere ? <span className="detail">Run {run} is not on this machine: import it first.</span> : null}</span>
    </>
  );
}
