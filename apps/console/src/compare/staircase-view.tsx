import type { ReactNode } from 'react';
import type { MeasuredAnswer } from '@loadstair/lab-api';
import { useSearchParams } from 'wouter';
import { HiddenResults } from '../guided/hidden-results.tsx';
import { useHides } from '../guided/use-stage-lab.ts';
import { useReading } from '../lab/use-reading.ts';
import { Choice } from '../shell/choice.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { Compared } from './compared.tsx';
import { Missing } from './missing.tsx';
import { builtStages, chosenStages, profilesOf, stagesUnder } from './what-to-compare.ts';

const EVERY_MS = 15_000;

/** Stages under one profile: which ones, what they hold, and a way to measure those that are missing. */
export function StaircaseView(): ReactNode {
  const { reading } = useReading('GET /api/measured', [], EVERY_MS);
  const hides = useHides();
  if (reading.state === 'loading' || hides === null) return <Loading what="stages" />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  return <Staircase measured={reading.answer} hides={hides} />;
}

function Staircase({
  measured,
  hides,
}: {
  readonly measured: MeasuredAnswer;
  /** Whether results of a stage are not to be seen yet. */
  readonly hides: (stage: number) => boolean;
}): ReactNode {
  const [query, setQuery] = useSearchParams();
  const { reading: held } = useReading('GET /api/baseline', []);
  const baseline = 'answer' in held ? held.answer.runs : [];
  const profile = query.get('profile') ?? measured.common;
  const known = stagesUnder(measured, profile);
  const chosen = chosenStages(measured, profile, query.get('stages'));
  const measuredOnes = chosen.filter((stage) => known.includes(stage));
  const shown = measuredOnes.filter((stage) => !hides(stage));
  const missing = chosen.filter((stage) => !known.includes(stage));
  const withBaseline = query.get('baseline') === '1' && baseline.length > 0;
  const put = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  const toggle = (stage: number): void =>
    put(
      'stages',
      (chosen.includes(stage) ? chosen.filter((one) => one !== stage) : [...chosen, stage].toSorted((a, b) => a - b)).join(','),
    );
  return (
    <>
      <div className="choices">
        <fieldset className="question">
          <legend className="unseen">Stages</legend>
          {builtStages(measured).map(({ stage, slug }) => (
            <label key={stage}>
              <input type="checkbox" checked={chosen.includes(stage)} onChange={() => toggle(stage)} />
              {stage} {slug}
            </label>
          ))}
        </fieldset>
        <Choice
          label="Profile"
          value={profile}
          any={null}
          options={profilesOf(measured, profile)}
          onChoose={(name) => {
            const next = new URLSearchParams(query);
            next.set('profile', name);
            next.delete('stages');
            setQuery(next, { replace: true });
          }}
        />
        {baseline.length === 0 ? null : (
          <label>
            <input type="checkbox" checked={withBaseline} onChange={(event) => put('baseline', event.target.checked ? '1' : '')} />
            Beside the baseline ({baseline.join(', ')})
          </label>
        )}
      </div>
      {measuredOnes.length === 0 ? <h1>Not measured yet</h1> : null}
      <HiddenResults stages={measuredOnes.filter(hides)} />
      {missing.length === 0 ? null : <Missing stages={missing} profile={profile} common={measured.common} />}
      {shown.length === 0 ? null : <Compared query={{ stages: shown.join(','), profile, baseline: withBaseline ? '1' : '' }} />}
    </>
  );
}
