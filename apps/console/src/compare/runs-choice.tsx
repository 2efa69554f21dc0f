import { useState, type ReactNode } from 'react';
import type { ComparisonRecord } from '@loadstair/runs';
import { useLocation } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { ActionButton } from '../shell/action-button.tsx';

/** The runs of a comparison: some of them can be compared alone, or be made what later ones are held against. */
export function RunsChoice({ record: { arms } }: { readonly record: ComparisonRecord }): ReactNode {
  const change = useChange();
  const [, go] = useLocation();
  const all = [...new Set(arms.flatMap(({ runs }) => runs.map(({ run }) => run)))];
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const [baseline, setBaseline] = useState<readonly string[]>([]);
  const kept = all.filter((run) => !leftOut.includes(run));
  if (all.length === 0) return null;
  const toggle = (run: string): void => setLeftOut(leftOut.includes(run) ? leftOut.filter((one) => one !== run) : [...leftOut, run]);
  return (
    <details>
      <summary>Choose runs, set a baseline</summary>
      <fieldset className="question">
        <legend className="unseen">Runs</legend>
        {all.map((run) => (
          <label key={run}>
            <input type="checkbox" checked={kept.includes(run)} onChange={() => toggle(run)} />
            {run}
          </label>
        ))}
      </fieldset>
      <div className="choices">
        <button type="button" disabled={kept.length < 2} onClick={() => go(`/compare?runs=${kept.join(',')}`)}>
          Compare {kept.length} of {all.length} runs
        </button>
        <ActionButton
          disabled={kept.length === 0}
          ask={`Compare later runs with ${kept.join(', ')}? This replaces the current baseline.`}
          onPress={async () => setBaseline((await change('POST /api/baseline', { body: { runs: kept } })).runs)}
        >
          Make {kept.length === 1 ? 'it' : 'them'} the baseline…
        </ActionButton>
      </div>
      {baseline.length === 0 ? null : <p role="status">The baseline is {baseline.join(', ')}.</p>}
    </details>
  );
}
