import { useState, type ReactNode } from 'react';
import { settingsIn } from '@loadstair/labs/settings-in';
import type { StepView } from '@loadstair/labs';
import { Link } from 'wouter';
import type { Failure } from '../lab/lab-error.ts';
import { minutes } from '../live/live-words.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { failureLines } from '../shell/states.tsx';

/** A goal and a budget, what was tried, and the next change. */
export function FixForm({
  view,
  fix,
  canRun,
  going,
  notBegun,
  onRun,
}: {
  readonly view: StepView;
  readonly fix: NonNullable<StepView['fix']>;
  /** Not before its turn, nor once the step is over. */
  readonly canRun: boolean;
  /** Something runs already. */
  readonly going: boolean;
  readonly notBegun: Failure | null;
  readonly onRun: (quick: boolean, set: readonly string[]) => Promise<void>;
}): ReactNode {
  const [text, setText] = useState('');
  const set = settingsIn(text);
  const tier = view.topology?.tiers[0]?.name ?? '';
  const disabled = going || (set.length === 0 && !fix.first);
  return (
    <>
      <h2>Fix it</h2>
      <p>
        <strong>{fix.goal}</strong>
      </p>
      <p>{fix.budget}</p>
      {notBegun === null ? null : (
        <p className="failure" role="alert">
          ✕ {failureLines(notBegun).what} {failureLines(notBegun).why}
        </p>
      )}
      {!canRun ? null : (
        <>
          {fix.first ? null : (
            <p>
              <label>
                Your change{' '}
                <input
                  type="text"
                  className="line"
                  value={text}
                  placeholder={`${tier}.cpu=1.5 ${tier}.count=2`}
                  spellCheck={false}
                  autoCapitalize="off"
                  onChange={(event) => setText(event.target.value)}
                />
              </label>
            </p>
          )}
          <p>
            <ActionButton primary disabled={disabled} onPress={() => onRun(false, set)}>
              {fix.first ? 'Run it unchanged' : 'Run the change'}, {minutes(view.takesS.full)}
            </ActionButton>{' '}
            <ActionButton disabled={disabled} onPress={() => onRun(true, set)}>
              Quick, {minutes(view.takesS.quick)}
            </ActionButton>
          </p>
        </>
      )}
      {fix.tried.length === 0 ? null : (
        <>
          <h3>Tried</h3>
          <ol>
            {fix.tried.map(({ run, set: tried, text: came }) => (
              <li key={run}>
                <code>{tried.length === 0 ? 'unchanged' : tried.join(' ')}</code> <Link href={`/runs/${run}`}>run {run}</Link>
                <span className="detail">{came}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
