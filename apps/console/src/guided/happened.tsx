import { lazy, Suspense, type ReactNode } from 'react';
import type { GradedView, Place, StepView } from '@loadstair/labs';
import { Link } from 'wouter';

const RunPictures = lazy(async () => ({ default: (await import('./run-pictures.tsx')).RunPictures }));

const MARKS: Readonly<Record<GradedView['outcome'], string>> = { right: '✓', differs: '✗', unsure: '–', 'not-shown': '?' };

/** What the run of a step came to, beside what was predicted. */
export function HappenedPart({ view, going }: { readonly view: StepView; readonly going: string | null }): ReactNode {
  if (going !== null && view.moment === 'run')
    return (
      <>
        <p>
          <Link href={`/runs/${going}`}>Run {going}</Link> is in progress; this page continues when it has ended.
        </p>
        <Pictures run={going} predict={view.predict} />
      </>
    );
  const { happened } = view;
  if (happened === null) return <p className="muted">The result appears here after the run.</p>;
  if (happened.kind !== 'judged') return <p>{happened.text}</p>;
  return (
    <>
      <p>
        <Link href={`/runs/${happened.run}`}>Run {happened.run}</Link>
      </p>
      <Pictures run={happened.run} predict={view.predict} />
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
                <PlaceLink place={graded.place}>Show me</PlaceLink>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Pictures({ run, predict }: { readonly run: string; readonly predict: StepView['predict'] }): ReactNode {
  return (
    <Suspense>
      <RunPictures key={run} run={run} drawn={predict?.questions.flatMap(({ draw }) => draw ?? []) ?? []} />
    </Suspense>
  );
}

/** Where something can be read: the part of the page is outlined until the next click. */
export function PlaceLink({ place, children }: { readonly place: Place; readonly children: ReactNode }): ReactNode {
  return (
    <Link href={addressOf(place)} title={place.says}>
      {children}
    </Link>
  );
}

function addressOf(place: Place): string {
  switch (place.kind) {
    case 'stage':
      return `/stages/${place.stage}`;
    case 'step':
      return `/labs/${place.stage}/${place.step}`;
    case 'run':
      return `/runs/${place.run}${place.step === null ? '' : `?step=${place.step}`}#${place.anchor}`;
  }
}
