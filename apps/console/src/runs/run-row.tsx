import type { ReactNode } from 'react';
import { utcMinute } from '@loadstair/analysis';
import type { ListedRunAnswer } from '@loadstair/lab-api';
import { Link } from 'wouter';
import { resultMark } from './result-mark.ts';
import { StarButton } from './star-button.tsx';

/** A run in the list. One that is going can be neither compared nor deleted yet. */
export function RunRow({
  run,
  ticked,
  hides,
  onTick,
  onChanged,
}: {
  readonly run: ListedRunAnswer;
  readonly ticked: boolean;
  /** Whether results of a stage are not to be seen yet. */
  readonly hides: (stage: number) => boolean;
  readonly onTick: () => void;
  /** Its label is another one now. */
  readonly onChanged: () => void;
}): ReactNode {
  const tick = <input type="checkbox" checked={ticked} onChange={onTick} aria-label={`Tick run ${run.id}`} />;
  switch (run.kind) {
    case 'damaged':
      return (
        <tr>
          <td>{tick}</td>
          <td className="left">
            <Link href={`/runs/${run.id}`}>{run.id}</Link>
          </td>
          <td className="left muted result" colSpan={4}>
            damaged: {run.reason}
          </td>
        </tr>
      );
    case 'going':
      return (
        <tr>
          <td />
          <td className="left">
            <Link href={`/runs/${run.id}`}>{run.id}</Link>
          </td>
          <td className="left when">now</td>
          <td className="left">
            {run.stage} {run.slug}
          </td>
          <td className="left">{run.profile}</td>
          <td className="left result">
            <strong>Running</strong>
          </td>
        </tr>
      );
    case 'run':
      return (
        <tr>
          <td>{tick}</td>
          <td className="left">
            <Link href={`/runs/${run.id}`}>{run.id}</Link> <StarButton run={run.id} label={run.label} onChanged={onChanged} />
          </td>
          <td className="left when">{utcMinute(run.startedAt)}</td>
          <td className="left">
            {run.stage} {run.slug}
            {run.set.map((one) => ` · ${one}`)}
          </td>
          <td className="left">
            {run.experiment ?? run.profile}
            {run.searched ? ' · capacity search' : ''}
            {run.quick ? ' · quick' : ''}
            {run.imported ? ' · imported' : ''}
          </td>
          <td className="left wrap result">
            {hides(run.stage) ? (
              <span className="muted">Hidden until lab {run.stage} is done</span>
            ) : (
              <>
                <span className={run.result === 'named' ? 'limit' : ''}>{resultMark(run.result)}</span> {run.words}
              </>
            )}
            {run.label.name === '' && run.label.note === '' ? null : (
              <span className="detail">
                <strong>{run.label.name}</strong>
                {run.label.name === '' || run.label.note === '' ? '' : ' · '}
                {inShort(run.label.note)}
              </span>
            )}
          </td>
        </tr>
      );
  }
}

const MOST_CHARACTERS = 120;

/** The beginning of a note, on one line. */
function inShort(note: string): string {
  const line = note.replaceAll(/\s+/g, ' ');
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}
