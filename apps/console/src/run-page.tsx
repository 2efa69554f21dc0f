import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useReading } from './lab/use-reading.ts';
import { RunTabs } from './run-tabs.tsx';
import { Failed, Loading } from './shell/states.tsx';

const LivePage = lazy(async () => ({ default: (await import('./live/live-page.tsx')).LivePage }));
const ReportPage = lazy(async () => ({ default: (await import('./report/report-page.tsx')).ReportPage }));
const RunLabelBar = lazy(async () => ({ default: (await import('./runs/run-label-bar.tsx')).RunLabelBar }));

/** One address for a run: live while it goes on, the report after. What is spoken outlives the one: it says how the other came. */
export function RunPage({ id }: { readonly id: string }): ReactNode {
  const [spoken, speak] = useState('');
  return (
    <>
      <p className="unseen" aria-live="polite">
        {spoken}
      </p>
      <Run id={id} onSpeak={speak} />
    </>
  );
}

function Run({ id, onSpeak }: { readonly id: string; readonly onSpeak: (words: string) => void }): ReactNode {
  const { reading, again } = useReading('GET /api/runs/{run}', [{ path: { run: id } }]);
  if (reading.state === 'loading') return <Loading what={`run ${id}`} />;
  if (reading.state === 'failed') return <Failed failure={reading.failure} />;
  const { answer } = reading;
  switch (answer.state) {
    case 'going':
      return (
        <Suspense fallback={<Loading what={`run ${id}`} />}>
          <LivePage manifest={answer.manifest} onSpeak={onSpeak} onEnded={again} />
        </Suspense>
      );
    case 'ended':
      return (
        <Suspense fallback={<Loading what="the report" />}>
          <RunLabelBar run={id} label={answer.label} onChanged={again} />
          <ReportPage run={answer} again={again} />
        </Suspense>
      );
    case 'sealed':
      return (
        <>
          <RunTabs id={id} />
          <h1>Run {id} is sealed</h1>
          <p>
            Something is wrong with this site. Look for it on the <Link href={`/runs/${id}/dashboards`}>dashboards</Link>, in{' '}
            <Link href={`/runs/${id}/traces`}>traces</Link> and in <Link href={`/runs/${id}/logs`}>logs</Link>, then name it:
          </p>
          <p>
            <code>{answer.manifest.command}</code>
          </p>
          <p>What the lab itself found is shown here once the cause was named.</p>
        </>
      );
    case 'broken':
      return (
        <Failed
          failure={{
            kind: 'problem',
            status: 0,
            problem: {
              what: `Run ${id} did not end: nothing was judged.`,
              why: answer.reason,
              do: answer.manifest.command,
              code: 'E_BROKEN_RUN',
              exit: 1,
            },
          }}
        />
      );
  }
}
