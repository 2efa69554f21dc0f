import type { ReactNode } from 'react';
import type { GradedView, Place, StepView } from '@loadstair/labs';
import { Link } from 'wouter';

const MARKS: Readonly<Record<GradedView['outcome'], string>> = { right: '✓', differs: '✗', unsure: '–', 'not-shown': '?' };

/** What the run of a step came to, beside what was predicted. */
export function HappenedPart({ view, going }: { readonly view: StepView; readonly going: string | null }): ReactNode {
  if (going !== null && view.moment === 'run')
    return (
      <p>
        It runs. <Link href={`/runs/${going}`}>Watch run {going}</Link>; this page goes on by itself when it has ended.
      </p>
    );
  const { happened } = view;
  if (happened === null)
    return <p className="muted">{view.action === 'look' ? <StageLink stage={view.stage} /> : 'Empty until the run.'}</p>;
  if (happened.kind !== 'judged') return <p>{happened.text}</p>;
  return (
    <>
      <p>
        <Link href={`/runs/${happened.run}`}>Run {happened.run}</Link>
      </p>
      <ul className="expectations">
        {happened.graded.map((graded) => (
          <li key={graded.key}>
            <span className="mark">{MARKS[graded.outcome]}</span> {graded.text}
            {graded.because.map((line) => (
              <span className="detail" key={line}>
                {line}
              </span>
            ))}
            {graded.place === null ? null : (
              <>
                {' '}
                <PlaceLink place={graded.place} />
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function StageLink({ stage }: { readonly stage: number }): ReactNode {
  return <Link href={`/stages/${stage}`}>Look at stage {stage}</Link>;
}

/** Where something can be read: the part of the page is outlined until the next click. */
export function PlaceLink({ place }: { readonly place: Place }): ReactNode {
  const href =
    place.kind === 'stage'
      ? `/stages/${place.stage}`
      : `/runs/${place.run}${place.step === null ? '' : `?step=${place.step}`}#${place.anchor}`;
  return <Link href={href}>{place.says}</Link>;
}
