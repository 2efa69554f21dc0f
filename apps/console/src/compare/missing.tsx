import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { useReading } from '../lab/use-reading.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Choice } from '../shell/choice.tsx';

const EVERY_MS = 5000;
/** Of each stage: with two, their spread is known. */
const USUAL_RUNS = '2';
const RUNS = ['1', '2', '3', '5'];

/** Stages without a usable run: the searches that would measure them, with the minutes they take. */
export function Missing({
  stages,
  profile,
  common,
}: {
  readonly stages: readonly number[];
  readonly profile: string;
  readonly common: string;
}): ReactNode {
  const { reading, again } = useReading('GET /api/searches', [], EVERY_MS);
  const change = useChange();
  const [runs, setRuns] = useState(USUAL_RUNS);
  const searches = 'answer' in reading ? reading.answer : null;
  const one = stages.length === 1;
  if (searches?.state === 'going')
    return (
      <section className="missing">
        <p role="status">
          <strong>
            Search {searches.number} of {searches.of}
          </strong>
          : {searches.stage} {searches.slug} under {searches.profile}, about {minutesOf(searches.takesS)} min until all have ended.{' '}
          <Link href={`/runs/${searches.run}`}>Watch run {searches.run}</Link>{' '}
          <ActionButton
            danger
            ask="Stop this search and start no other?"
            onPress={async () => {
              await change('POST /api/searches/stop');
              again();
            }}
          >
            Stop…
          </ActionButton>
        </p>
      </section>
    );
  return (
    <section className="missing">
      <p>
        {one ? 'Stage' : 'Stages'} {stages.join(', ')} {one ? 'has' : 'have'} no usable run under {profile} on this machine.
      </p>
      <div className="choices">
        <Choice label="Searches per stage" value={runs} any={null} options={RUNS} onChoose={setRuns} />
        <ActionButton
          primary
          onPress={async () => {
            await change('POST /api/searches', { body: { stages: [...stages], profile, runs: Number(runs) } });
            again();
          }}
        >
          Run what is missing
          {searches === null ? '' : `, about ${minutesOf(stages.length * Number(runs) * searches.searchS)} min`}
        </ActionButton>
      </div>
      <p className="muted">
        In a terminal:{' '}
        <code>
          ./lab {one ? 'capacity' : 'compare'} {stages.join(' ')}
          {profile === common ? '' : ` --profile ${profile}`}
        </code>
      </p>
      {searches?.failed == null ? null : <p role="alert">The last searches did not finish: {searches.failed}.</p>}
    </section>
  );
}

function minutesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}
