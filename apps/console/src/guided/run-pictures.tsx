import { useMemo, type ReactNode } from 'react';
import type { ExperimentOutcome } from '@loadstair/experiments/outcome';
import type { RunAnswer } from '@loadstair/lab-api';
import type { Drawn } from '@loadstair/labs';
import { keepsUp, onsetChart, type PredictedLoad, type PredictedSpan } from '@loadstair/report-view';
import type { Manifest } from '@loadstair/runs';
import { useReading } from '../lab/use-reading.ts';
import { LoadChart } from '../live/live-charts.tsx';
import { fixedStore } from '../live/live-store.ts';
import { endWords, stepWords } from '../live/live-words.ts';
import { PauseButton, PausedNote } from '../live/pause.tsx';
import { useLive } from '../live/use-live.ts';
import { Timeline } from '../report/over-time.tsx';
import { Shared } from '../report/shared.tsx';
import { stepShown } from '../report/step-shown.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import type { Predicted } from '../topology/named-hosts.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';

/** Width of a chart beside the prediction, and on a phone, px. */
const WIDTH = { beside: 480, narrow: 358 };

/** What was predicted, as the pictures of a run show it. */
interface Said {
  readonly tier: Predicted | null;
  readonly load: PredictedLoad | null;
  readonly seconds: PredictedSpan | null;
}

type EndedRun = Extract<RunAnswer, { state: 'ended' }>;

/** A learner’s run, with what was predicted drawn into its pictures. */
export function RunPictures({ run, drawn }: { readonly run: string; readonly drawn: readonly Drawn[] }): ReactNode {
  const { reading } = useReading('GET /api/runs/{run}', [{ path: { run } }]);
  const said = saidIn(drawn);
  if (!('answer' in reading)) return null;
  const { answer } = reading;
  if (answer.state === 'going') return <Going manifest={answer.manifest} said={said} />;
  if (answer.state !== 'ended') return null;
  return answer.outcome === null ? <Ended run={answer} said={said} /> : <Experiment run={answer} outcome={answer.outcome} said={said} />;
}

function Going({ manifest, said }: { readonly manifest: Manifest; readonly said: Said }): ReactNode {
  const { store, view } = useLive(manifest.run);
  return (
    <>
      <p className="action">
        <PauseButton paused={view.paused !== null} onPause={store.pause} onGoOn={store.goOn} /> {stepWords(view.run)}
      </p>
      <PausedNote sinceMs={view.paused?.sinceMs ?? null} ended={view.paused?.end == null ? null : endWords(view.paused.end)} />
      <TopologyPicture topology={manifest.topology} store={store} named={null} predicted={said.tier} />
      <LoadChart run={view.run} predicted={said.load} />
    </>
  );
}

function Ended({ run, said }: { readonly run: EndedRun; readonly said: Said }): ReactNode {
  const { manifest, runData, verdict } = run;
  const narrow = useNarrow();
  const shown = useMemo(() => stepShown(runData), [runData]);
  const store = useMemo(() => (shown === null ? null : fixedStore(shown.run)), [shown]);
  const named = verdict.kind === 'named' ? { hosts: [verdict, ...verdict.with].flatMap((one) => one.hosts) } : null;
  return (
    <>
      <TopologyPicture topology={manifest.topology} store={store} named={named} predicted={said.tier} />
      <figure>
        <Shared part={onsetChart(runData, narrow ? WIDTH.narrow : WIDTH.beside, said.load)} />
        <figcaption>{keepsUp(runData)}</figcaption>
      </figure>
    </>
  );
}

/** What users felt while an experiment went on, with when everything should have been answered again. */
function Experiment({
  run: { manifest, runData },
  outcome: { experiment, timeline },
  said,
}: {
  readonly run: EndedRun;
  readonly outcome: ExperimentOutcome;
  readonly said: Said;
}): ReactNode {
  const narrow = useNarrow();
  if (timeline === undefined) return null;
  return (
    <Timeline
      timeline={timeline}
      slo={runData.profile.slo}
      width={narrow ? WIDTH.narrow : WIDTH.beside}
      file={`${experiment}-${manifest.run}`}
      predicted={said.seconds}
    />
  );
}

function saidIn(drawn: readonly Drawn[]): Said {
  const tier = drawn.find((one) => one.kind === 'tier');
  return {
    tier: tier === undefined ? null : { tier: tier.tier, says: 'you said' },
    load: drawn.find((one) => one.kind === 'load') ?? null,
    seconds: drawn.find((one) => one.kind === 'seconds') ?? null,
  };
}
