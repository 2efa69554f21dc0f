import type { ReactNode } from 'react';
import type { MeasuredAnswer, StepAnswer } from '@loadstair/lab-api';
// Not the whole package: the first page loads what it shows.
import { rate, rateWithInterval } from '@loadstair/resources/words';
import { Link } from 'wouter';
import { bestCell, highestLoad, type ShownCell } from './best-cell.ts';
import { Thumbnail } from './thumbnail.tsx';

/** The steps of the story, each with its picture and what was measured of it on this machine. */
export function StepCards({
  measured,
  hides,
}: {
  readonly measured: MeasuredAnswer;
  /** Whether results of a stage are not to be seen yet. */
  readonly hides: (stage: number) => boolean;
}): ReactNode {
  const most = highestLoad(measured);
  return (
    <ol className="steps">
      {measured.steps.map((step) =>
        step.kind === 'built' ? (
          <BuiltStep
            key={step.stage}
            step={step}
            cell={bestCell(measured, step)}
            most={most}
            common={measured.common}
            hidden={hides(step.stage)}
          />
        ) : (
          <li key={step.stage} className="planned">
            <h3>
              {step.stage} {step.title}
            </h3>
            <p>{step.changed}</p>
            <p className="measured muted">Not built yet</p>
          </li>
        ),
      )}
    </ol>
  );
}

function BuiltStep({
  step,
  cell,
  most,
  common,
  hidden,
}: {
  readonly step: Extract<StepAnswer, { kind: 'built' }>;
  readonly cell: ShownCell | null;
  /** The highest capacity of all, arrivals/s. */
  readonly most: number;
  readonly common: string;
  /** A lab asks for what was measured. */
  readonly hidden: boolean;
}): ReactNode {
  return (
    <li>
      <Thumbnail topology={step.topology} />
      <h3>
        <Link href={`/stages/${step.stage}`}>
          {step.stage} {step.title}
        </Link>
      </h3>
      <p>{step.changed}</p>
      {hidden ? (
        <p className="measured muted">Hidden until lab {step.stage} is done</p>
      ) : cell === null ? (
        <p className="measured muted">Not measured yet</p>
      ) : (
        <Measured cell={cell} most={most} common={common} />
      )}
    </li>
  );
}

function Measured({
  cell: { profile, capacity, limitedBy, runs },
  most,
  common,
}: {
  readonly cell: ShownCell;
  readonly most: number;
  readonly common: string;
}): ReactNode {
  const [newest = ''] = runs;
  return (
    <div className="measured">
      {capacity === null ? (
        <p>No run reached its capacity</p>
      ) : (
        <>
          <p>
            <Link href={`/runs/${newest}`}>
              <strong>
                {capacity.interval === null ? `${rate(capacity.load)}/s` : rateWithInterval(capacity.load, capacity.interval)}
              </strong>
            </Link>
          </p>
          <span className="meter" aria-hidden="true">
            <span style={{ width: `${(100 * capacity.load) / most}%` }} />
          </span>
          <p>{limitedBy}</p>
        </>
      )}
      <p className="muted">
        {runs.length} {runs.length === 1 ? 'run' : 'runs'}
        {profile === common ? '' : ` of profile ${profile}`}
      </p>
    </div>
  );
}
