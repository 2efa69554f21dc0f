import { useEffect, type ReactNode } from 'react';
import type { Manifest } from '@loadstair/runs';
import { useChange } from '../lab/change.tsx';
import { RunTabs } from '../run-tabs.tsx';
import { ActionButton } from '../shell/action-button.tsx';
import { SiteLink } from '../shell/site-link.tsx';
import { Failed } from '../shell/states.tsx';
import { useTitle } from '../shell/use-title.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { ClosestTable } from './closest-table.tsx';
import { LatencyChart, LoadChart } from './live-charts.tsx';
import { closestWords, endWords, failureWords, minutes, spokenWords, stepWords } from './live-words.ts';
import { ConnectionNote } from './connection-note.tsx';
import { HostActions } from './host-actions.tsx';
import { NotifyButton, useNotifyEnd } from './notify-end.tsx';
import { PauseButton, PausedNote } from './pause.tsx';
import { useLive } from './use-live.ts';

/** A run as it goes: where it stands, who uses how much of its limit, offered against achieved load, latency. */
export function LivePage({
  manifest,
  onSpeak,
  onEnded,
}: {
  readonly manifest: Manifest;
  /** What a screen reader shall say. */
  readonly onSpeak: (words: string) => void;
  readonly onEnded: () => void;
}): ReactNode {
  const { store, view } = useLive(manifest.run);
  const change = useChange();
  const { run, connection, paused } = view;
  // An end is told even to those who stopped what is shown.
  const endedPaused = paused?.end == null ? null : endWords(paused.end);
  const spoken = endedPaused ?? spokenWords(run);
  const notify = useNotifyEnd(manifest.run, run.end === null ? endedPaused : endWords(run.end), store.awaitEnd);
  useEffect(() => onSpeak(spoken), [spoken, onSpeak]);
  const ended = run.end !== null && run.end.type !== 'failed';
  useEffect(() => {
    if (ended) onEnded();
  }, [ended, onEnded]);
  useTitle(
    `${paused === null ? '' : 'Paused · '}Running ${manifest.stage}${run.step === null ? '' : ` · step ${run.step.step} of ${run.step.of}`} · run ${manifest.run}`,
  );
  if (run.end?.type === 'failed') return <Failed failure={{ kind: 'problem', status: 0, problem: run.end.problem }} />;
  const failures = failureWords(run);
  const firstMs = run.points[0]?.atMs ?? 0;
  return (
    <div className={connection.kind === 'lost' ? 'live stale' : 'live'}>
      <RunTabs id={manifest.run} />
      <section className="verdict running">
        <div className="headline">
          <h1>{closestWords(run)}</h1>
          <span className="action">
            <SiteLink />
            <NotifyButton state={notify.state} onAsk={notify.ask} />
            <PauseButton paused={paused !== null} onPause={store.pause} onGoOn={store.goOn} />
            <ActionButton
              danger
              ask="Stop this run? Its data is kept, and the run counts as refused (INTERRUPTED)."
              onPress={() => change('POST /api/runs/{run}/stop', { path: { run: manifest.run } })}
            >
              Stop…
            </ActionButton>
          </span>
        </div>
        <p className="standing">
          <strong>Running</strong> · {manifest.stage} {manifest.slug} · {manifest.experiment ?? manifest.profile} · {stepWords(run)}
        </p>
        {failures === null ? null : <p>{failures}</p>}
        <PausedNote sinceMs={paused?.sinceMs ?? null} ended={endedPaused} />
        <ConnectionNote connection={connection} />
      </section>
      <div className="two">
        <section>
          <h2>Topology</h2>
          <TopologyPicture topology={manifest.topology} store={store} named={null} />
          <HostActions topology={manifest.topology} run={run} />
          {run.notes.length === 0 ? null : (
            <ul className="notes">
              {run.notes.slice(-4).map((note) => (
                <li key={`${note.atMs} ${note.text}`}>
                  ⚑ {firstMs === 0 || note.atMs < firstMs ? 'before load' : minutes((note.atMs - firstMs) / 1000)} {note.text}
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <LoadChart run={run} />
          <LatencyChart run={run} />
        </section>
      </div>
      <h2>Closest to their limit</h2>
      <ClosestTable run={run} />
    </div>
  );
}
