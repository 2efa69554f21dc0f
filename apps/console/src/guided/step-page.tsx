import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { StepView } from '@loadstair/labs';
import { Link } from 'wouter';
import { useChange } from '../lab/change.tsx';
import { change as changeAtOnce, read } from '../lab/client.ts';
import { storedKey } from '../lab/key.ts';
import { failureOf, type Failure } from '../lab/lab-error.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { useLookAgain, useStatus } from '../shell/lab-status.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Check } from './check.tsx';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { AfterStep } from './after-step.tsx';
import { endedMark } from './ended-mark.ts';
import { FixForm } from './fix-form.tsx';
import { HappenedPart } from './happened.tsx';
import { storedLearner } from './learner.ts';
import { Predict, type Said } from './predict.tsx';
import { Prose } from './prose.tsx';
import { Reflect } from './reflect.tsx';
import { RunAgain } from './run-again.tsx';
import { Why } from './why.tsx';

/** While something runs, its end is looked for. */
const LOOK_MS = 2000;

/** One step: predict, run, check, reflect. */
export function StepPage({ stage, step }: { readonly stage: number; readonly step: string }): ReactNode {
  const learner = storedLearner();
  const path = useMemo(() => ({ lab: String(stage), step }), [stage, step]);
  const change = useChange();
  const status = useStatus();
  const lookAgain = useLookAgain();
  const [view, setView] = useState<StepView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [notBegun, setNotBegun] = useState<Failure | null>(null);
  const going = 'answer' in status ? status.answer.run : null;
  // A run is judged a moment after it has ended.
  const waits = going !== null || view?.moment === 'run';
  useTitle(view === null ? `Lab ${stage}` : `Lab ${stage} · ${view.title}`);

  useEffect(() => {
    const leaving = new AbortController();
    const look = (): void => {
      if (document.hidden) return;
      read(leaving.signal, 'GET /api/labs/{lab}/steps/{step}', { path, query: { learner } }).then(setView, (error: unknown) => {
        if (!leaving.signal.aborted) setFailure(failureOf(error));
      });
    };
    look();
    const timer = waits ? setInterval(look, LOOK_MS) : undefined;
    return () => {
      leaving.abort();
      clearInterval(timer);
    };
  }, [path, learner, waits]);

  useEffect(() => {
    if (storedKey() === null) return;
    changeAtOnce('POST /api/labs/{lab}/steps/{step}/open', { path, body: { learner } }).then(setView, () => {
      // Who may only look begins no time; whatever is pressed asks for the key.
    });
  }, [path, learner]);

  if (view === null) return failure === null ? <Loading what="the step" /> : <Failed failure={failure} />;
  const shows = async (next: Promise<StepView>): Promise<void> => setView(await next);
  const run = async (quick: boolean, set: readonly string[] = []): Promise<void> => {
    setNotBegun(null);
    await change('POST /api/labs/{lab}/steps/{step}/run', { path, body: { learner, quick, set: [...set] } });
    lookAgain();
  };
  const lockAndRun = async (said: Said, quick: boolean): Promise<void> => {
    await shows(change('POST /api/labs/{lab}/steps/{step}/lock', { path, body: { learner, ...said } }));
    // What was said is locked now, and its buttons are gone: that it does not run is said where it can be run again.
    await run(quick).catch((error: unknown) => setNotBegun(failureOf(error)));
  };
  // A site to be mended is looked at until something runs on it.
  const happens = view.happened !== null || (going !== null && view.moment === 'run');
  const checked = view.checks?.filter((check) => !check.open).length ?? 0;
  return (
    <>
      <p className="run-header">
        <Link href={`/labs/${stage}`}>
          Lab {view.stage} {view.labTitle}
        </Link>{' '}
        · step {view.number} of {view.of}
        {view.optional ? ' (optional)' : ''} · {view.learner}
      </p>
      <nav className="stages" aria-label="Steps">
        {view.steps.map((one, index) => (
          <Link key={one.step} href={`/labs/${stage}/${one.step}`} aria-current={one.step === view.step ? 'step' : undefined}>
            {index + 1} <span className="slug">{one.title}</span> {endedMark(one.ended)}
          </Link>
        ))}
      </nav>
      <h1>{view.title}</h1>
      <Prose stage={view.stage} blocks={view.text} />
      <div className={view.action === 'look' ? '' : 'two'}>
        <section>
          {view.predict === null ? null : (
            <Predict key={view.step} stage={view.stage} predict={view.predict} takesS={view.takesS} onLock={lockAndRun} />
          )}
          {view.fix === null ? null : (
            <FixForm
              key={view.step}
              view={view}
              fix={view.fix}
              canRun={canRun(view)}
              going={going !== null}
              notBegun={notBegun}
              onRun={(quick, set) => run(quick, set).catch((error: unknown) => setNotBegun(failureOf(error)))}
            />
          )}
          {view.fix !== null || !canRun(view) ? null : (
            <RunAgain takesS={view.takesS} command={view.command} going={going !== null} notBegun={notBegun} onRun={run} />
          )}
        </section>
        <section>
          {view.topology === null || happens ? (
            <>
              <h2>What happened</h2>
              <HappenedPart view={view} going={going} />
            </>
          ) : (
            <>
              <h2>Topology</h2>
              <TopologyPicture topology={view.topology} store={null} named={null} />
            </>
          )}
        </section>
      </div>
      {view.checks === null || view.checks.length === 0 ? null : (
        <>
          <h2>
            Check ({checked} of {view.checks.length})
          </h2>
          {view.checks.map((check) => (
            <Check
              key={`${view.step} ${check.key}`}
              check={check}
              onAnswer={(answer) =>
                shows(change('POST /api/labs/{lab}/steps/{step}/check', { path, body: { learner, key: check.key, answer } }))
              }
              onHint={() => shows(change('POST /api/labs/{lab}/steps/{step}/hint', { path, body: { learner, key: check.key } }))}
            />
          ))}
        </>
      )}
      {view.why === null ? null : <Why stage={view.stage} why={view.why} />}
      {view.reflect === null ? null : (
        <Reflect
          key={view.step}
          reflect={view.reflect}
          onReflect={(text) => shows(change('POST /api/labs/{lab}/steps/{step}/reflect', { path, body: { learner, text } }))}
        />
      )}
      {view.ended === null ? (
        <p>
          <ActionButton
            ask="Skip this step?"
            onPress={() => shows(change('POST /api/labs/{lab}/steps/{step}/skip', { path, body: { learner } }))}
          >
            Skip…
          </ActionButton>
        </p>
      ) : (
        <AfterStep view={view} ended={view.ended} />
      )}
    </>
  );
}

/** A prediction that waits for its run, or a run that did not show what was asked of it. */
function canRun({ moment, happened }: StepView): boolean {
  if (moment === 'check') return happened?.kind === 'judged' && happened.graded.some(({ outcome }) => outcome === 'not-shown');
  return moment === 'run';
}
