import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { useReading } from '../lab/use-reading.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { minutes } from '../live/live-words.ts';

const LOOK_EVERY_MS = 2000;

/** The way from inferred to confirmed: a button, then where the short runs are. */
export function Confirm({ id, onDone }: { readonly id: string; readonly onDone: () => void }): ReactNode {
  const given = { path: { run: id } };
  const change = useChange();
  const { reading, again } = useReading('GET /api/runs/{run}/confirmation', [given], LOOK_EVERY_MS);
  const answer = 'answer' in reading ? reading.answer : null;
  const done = answer?.state === 'done';
  useEffect(() => {
    if (done) onDone();
  }, [done, onDone]);
  switch (answer?.state) {
    case 'ready':
      return (
        <div className="confirm">
          <ActionButton primary onPress={() => change('POST /api/runs/{run}/confirmation', given).then(again)}>
            Confirm, {Math.round(answer.takesS / 60)} min
          </ActionButton>
          <span className="muted">
            {answer.failed === null
              ? `A short run with 30 % more of the named resource${answer.runs === 1 ? '' : ', and one with 30 % more of the next'}: does the limit move?`
              : `Not confirmed: ${answer.failed}.`}
          </span>
        </div>
      );
    case 'going':
      return (
        <div className="confirm" role="status">
          <span>
            <strong>Confirming</strong> · run {answer.number} of {answer.of}: {Math.round((answer.factor - 1) * 100)} % more {answer.gets} ·
            about {minutes(answer.takesS)} in all
          </span>
          <Link href={`/runs/${answer.run}`}>Watch run {answer.run}</Link>
        </div>
      );
    case 'impossible':
      return <p className="confirm muted">This limit cannot be confirmed: {answer.why}.</p>;
    default:
      return <div className="confirm" />;
  }
}
