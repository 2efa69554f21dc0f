import type { ReactNode } from 'react';
import type { ExperimentAnswer, ListedRunAnswer, StageAnswer } from '@loadstair/lab-api';
import { runsWords } from '@loadstair/labs/answer-words';
import { RUN_TAKES_S } from '@loadstair/load/durations';
import { Link, useLocation } from 'wouter';
import { useStageLab } from '../guided/use-stage-lab.ts';
import { labHref } from '../guided/use-labs.ts';
import { useStart } from '../lab/start.ts';
import { useReading } from '../lab/use-reading.ts';
import { minutes } from '../live/live-words.ts';
import { resultMark } from '../runs/result-mark.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { Failed, Loading, NotFound } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Choice } from '../shell/choice.tsx';
import { Command } from '../shell/copy-button.tsx';
import { useStatus } from '../shell/lab-status.tsx';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { addedBy } from './added-by.ts';
import { Profiles } from './profiles-table.tsx';
import { RunWithSettings } from './run-with-settings.tsx';
import { StageGuide } from './stage-guide.tsx';
import { Heads, left } from '../shell/heads.tsx';

/** One stage: what it is, what changed, what can be tried on it, what was measured. */
export function StagePage({ number }: { readonly number: number }): ReactNode {
  const { reading } = useReading('GET /api/stages', []);
  const { reading: runs } = useReading('GET /api/runs', [{ query: {} }]);
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  if (!('answer' in reading)) return <Loading what="stages" />;
  const stages = reading.answer;
  const stage = stages.find(({ topology }) => topology.stage === number);
  if (stage === undefined) return <NotFound />;
  const own =
    'answer' in runs
      ? runs.answer.runs.filter((run) => run.kind === 'run').filter((run) => run.stage === number && run.set.length === 0)
      : [];
  return <Stage stage={stage} stages={stages} before={stages.find(({ topology }) => topology.stage === number - 1) ?? null} runs={own} />;
}

type StoredRun = Extract<ListedRunAnswer, { kind: 'run' }>;

function Stage({
  stage,
  stages,
  before,
  runs,
}: {
  readonly stage: StageAnswer;
  readonly stages: readonly StageAnswer[];
  readonly before: StageAnswer | null;
  readonly runs: readonly StoredRun[];
}): ReactNode {
  const { topology, story, profile, experiments, settings, changes } = stage;
  useTitle(`${topology.stage} ${topology.slug}`);
  const start = useStart();
  const [, go] = useLocation();
  const { lab, hides, showAnyway } = useStageLab(topology.stage);
  const last = runs.find((run) => run.experiment === null && run.profile === profile);
  return (
    <>
      <nav className="stages" aria-label="Stages">
        {stages.map((one) => (
          <Link key={one.topology.stage} href={`/stages/${one.topology.stage}`} aria-current={one === stage ? 'page' : undefined}>
            {one.topology.stage} <span className="slug">{one.topology.slug}</span>
          </Link>
        ))}
      </nav>
      <div className="headline">
        <h1>
          {topology.stage} {topology.title}
        </h1>
        {lab === null ? null : (
          <Link href={labHref(lab)} className="button">
            {lab.next === null ? 'Review' : lab.begun ? 'Continue' : 'Start'} lab {lab.stage}
            {lab.next === null ? '' : `, ${runsWords(lab.takesS)}`}
          </Link>
        )}
      </div>
      <p className="lead">{story.changed}</p>
      <SiteIsUp stage={topology.stage} />
      <p>{story.why}</p>
      <div className="two">
        <section>
          <h2>Topology</h2>
          <TopologyPicture
            topology={topology}
            store={null}
            named={null}
            added={before === null ? [] : addedBy(before.topology, topology)}
          />
        </section>
        <section>
          <h2>{before === null ? 'The first stage' : `Changed since ${before.topology.stage} ${before.topology.slug}`}</h2>
          {changes.length === 0 ? <p>There is no earlier stage.</p> : <pre tabIndex={0}>{changes.join('\n')}</pre>}
          {stages.length < 2 ? null : (
            <Choice
              label="Show all differences from"
              value=""
              any="choose a stage"
              options={stages.filter((one) => one !== stage).map((one) => String(one.topology.stage))}
              onChoose={(other) => go(`/stages/${other}/diff/${topology.stage}`)}
            />
          )}
          <h2>Measured</h2>
          {hides ? (
            <p>
              Hidden until lab {topology.stage} is done.{' '}
              <button type="button" onClick={showAnyway}>
                Show anyway
              </button>
            </p>
          ) : last === undefined ? (
            <p>
              Not measured yet. <Command>{`./lab run ${topology.stage}`}</Command>
            </p>
          ) : (
            <p>
              <span className={last.result === 'named' ? 'limit' : ''}>{resultMark(last.result)}</span> {last.words} ·{' '}
              <Link href={`/runs/${last.id}`}>run {last.id}</Link>
            </p>
          )}
        </section>
      </div>
      <details>
        <summary>What to look for</summary>
        <p>{story.shows}</p>
      </details>
      {lab === null ? null : <StageGuide stage={topology.stage} />}
      <h2>Experiments</h2>
      <div className="scroll" tabIndex={0}>
        <table className="experiments">
          <Heads columns={['experiment', left('what happens'), 'takes', left('last time'), left('run')]} />
          <tbody>
            <ExperimentRow
              experiment={{ name: profile, title: '', happens: 'Load rises until something runs out.', takesS: RUN_TAKES_S }}
              last={last}
              hides={hides}
              command={`./lab run ${topology.stage}`}
              onStart={(quick) => start.run({ stage: topology.stage, quick })}
            />
            {experiments.map((experiment) => (
              <ExperimentRow
                key={experiment.name}
                experiment={experiment}
                last={runs.find((run) => run.experiment === experiment.name)}
                hides={hides}
                command={`./lab experiment ${experiment.name}`}
                onStart={(quick) => start.experiment(experiment.name, quick)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <RunWithSettings topology={topology} settings={settings} />
      <Profiles stage={topology.stage} />
    </>
  );
}

/** While this stage is up, the way to the site itself. */
function SiteIsUp({ stage }: { readonly stage: number }): ReactNode {
  const status = useStatus();
  if (!('answer' in status) || status.answer.stage !== stage || status.answer.url === null) return null;
  return (
    <p>
      It is up now at <a href={status.answer.url}>{status.answer.url}</a>: pages for browsers, and JSON for apps, for example{' '}
      <Command>{`curl ${status.answer.url}/users/12`}</Command>
    </p>
  );
}

function ExperimentRow({
  experiment,
  last,
  hides,
  command,
  onStart,
}: {
  readonly experiment: ExperimentAnswer;
  readonly last: StoredRun | undefined;
  /** What it came to is not told. */
  readonly hides: boolean;
  readonly command: string;
  readonly onStart: (quick: boolean) => Promise<void>;
}): ReactNode {
  return (
    <tr>
      <th scope="row">
        {experiment.name}
        <span className="command">
          <Command>{command}</Command>
        </span>
      </th>
      <td className="left wrap">{experiment.happens}</td>
      <td>{minutes(experiment.takesS.full)}</td>
      <td className="left wrap">
        {last === undefined ? (
          'never run'
        ) : hides ? (
          'hidden'
        ) : (
          <Link href={`/runs/${last.id}`}>
            {resultMark(last.result)} {last.words}
          </Link>
        )}
      </td>
      <td className="left">
        <ActionButton primary onPress={() => onStart(false)}>
          Run
        </ActionButton>{' '}
        <ActionButton onPress={() => onStart(true)}>Quick, {minutes(experiment.takesS.quick)}</ActionButton>
      </td>
    </tr>
  );
}
