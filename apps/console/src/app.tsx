import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Router, Switch } from 'wouter';
import { HomePage } from './home/home-page.tsx';
import { ChangeProvider } from './lab/change.tsx';
import { copy } from './lab/copy.ts';
import { RunPage } from './run-page.tsx';
import { Shell } from './shell/shell.tsx';
import { Loading, NotFound } from './shell/states.tsx';

const RunsPage = lazy(async () => ({ default: (await import('./runs/runs-page.tsx')).RunsPage }));
const ComparePage = lazy(async () => ({ default: (await import('./compare/compare-page.tsx')).ComparePage }));
const StagePage = lazy(async () => ({ default: (await import('./stages/stage-page.tsx')).StagePage }));
const DashboardsPage = lazy(async () => ({ default: (await import('./dashboards/dashboards-page.tsx')).DashboardsPage }));
const TracesPage = lazy(async () => ({ default: (await import('./signals/traces-page.tsx')).TracesPage }));
const TracePage = lazy(async () => ({ default: (await import('./signals/trace-page.tsx')).TracePage }));
const EvidencePage = lazy(async () => ({ default: (await import('./report/evidence-page.tsx')).EvidencePage }));
const LogsPage = lazy(async () => ({ default: (await import('./signals/logs-page.tsx')).LogsPage }));
const DiffPage = lazy(async () => ({ default: (await import('./stages/diff-page.tsx')).DiffPage }));
const TestPage = lazy(async () => ({ default: (await import('./guided/test-page.tsx')).TestPage }));
const LabsPage = lazy(async () => ({ default: (await import('./guided/labs-page.tsx')).LabsPage }));
const LabPage = lazy(async () => ({ default: (await import('./guided/lab-page.tsx')).LabPage }));
const StepPage = lazy(async () => ({ default: (await import('./guided/step-page.tsx')).StepPage }));
const ClassPage = lazy(async () => ({ default: (await import('./guided/class-page.tsx')).ClassPage }));
const HealthPage = lazy(async () => ({ default: (await import('./health/health-page.tsx')).HealthPage }));

/** Addresses of ux.md §2, each a page. */
export function App(): ReactNode {
  return (
    <Router base={copy()?.base ?? ''}>
      <ChangeProvider>
        <Shell>
          <Suspense fallback={<Loading what="the page" />}>
            <Switch>
              <Route path="/" component={HomePage} />
              <Route path="/runs" component={RunsPage} />
              <Route path="/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
              <Route path="/runs/:id/dashboards">{({ id }) => <DashboardsPage key={id} id={id} uid="run" />}</Route>
              <Route path="/runs/:id/dashboards/:uid">{({ id, uid }) => <DashboardsPage key={`${id} ${uid}`} id={id} uid={uid} />}</Route>
              <Route path="/runs/:id/traces">{({ id }) => <TracesPage key={id} id={id} />}</Route>
              <Route path="/runs/:id/traces/:trace">{({ id, trace }) => <TracePage key={trace} id={id} trace={trace} />}</Route>
              <Route path="/runs/:id/logs">{({ id }) => <LogsPage key={id} id={id} />}</Route>
              <Route path="/runs/:id/evidence/:number">
                {({ id, number }) => <EvidencePage key={id} id={id} number={Number(number)} />}
              </Route>
              <Route path="/compare" component={ComparePage} />
              <Route path="/stages">
                <StagePage number={1} />
              </Route>
              <Route path="/stages/:number">{({ number }) => <StagePage number={Number(number)} />}</Route>
              <Route path="/stages/:from/diff/:to">{({ from, to }) => <DiffPage from={Number(from)} to={Number(to)} />}</Route>
              <Route path="/labs" component={LabsPage} />
              <Route path="/labs/class" component={ClassPage} />
              <Route path="/labs/test" component={TestPage} />
              <Route path="/labs/:stage">{({ stage }) => <LabPage key={stage} stage={Number(stage)} />}</Route>
              <Route path="/labs/:stage/:step">
                {({ stage, step }) => <StepPage key={`${stage} ${step}`} stage={Number(stage)} step={step} />}
              </Route>
              <Route path="/health" component={HealthPage} />
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </Shell>
      </ChangeProvider>
    </Router>
  );
}
