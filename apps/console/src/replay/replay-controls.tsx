import { useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react';
import { runTime } from '@loadstair/report-view';
import type { ReplayMark } from '@loadstair/runs/replay';
import { Choice } from '../shell/choice.tsx';
import { useKey } from '../shell/keys.ts';
import { SPEEDS, type Clock } from './clock.ts';

/** Plays a run, or goes to a second of it; the key p plays and pauses, as on a live page. */
export function ReplayControls({
  clock,
  marks,
  onRest,
}: {
  readonly clock: Clock;
  /** What happened, each a button that goes there. */
  readonly marks: readonly ReplayMark[];
  /** It stands still at a second, until it is played again. */
  readonly onRest: (second: number) => void;
}): ReactNode {
  const { second, playing, speed } = useSyncExternalStore(clock.subscribe, clock.get);
  const rest = (): void => onRest(clock.get().second);
  const toggle = (): void => {
    if (playing) {
      clock.pause();
      rest();
    } else clock.play();
  };
  useKey('p', toggle);
  const onSlider = (event: KeyboardEvent): void => {
    if (event.key !== ' ') return;
    event.preventDefault();
    toggle();
  };
  return (
    <>
      <div className="controls">
        <button type="button" onClick={toggle}>
          {playing ? 'Pause' : 'Play'}
        </button>
        <input
          type="range"
          min={0}
          max={clock.lastS}
          value={second}
          aria-label="Time since load began"
          aria-valuetext={`${runTime(second)} of ${runTime(clock.lastS)}`}
          onChange={(event) => clock.seek(Number(event.currentTarget.value))}
          onKeyDown={onSlider}
          onKeyUp={rest}
          onPointerUp={rest}
        />
        <span className="time">
          {runTime(second)} of {runTime(clock.lastS)}
        </span>
        <Choice
          label="Speed"
          value={String(speed)}
          any={null}
          options={SPEEDS.map(String)}
          words={(one) => `×${one}`}
          onChoose={(chosen) => clock.setSpeed(Number(chosen))}
        />
      </div>
      {marks.length === 0 ? null : (
        <ul className="notes replay-marks" aria-label="What happened">
          {marks.map(({ atS, text }) => (
            <li key={`${atS} ${text}`}>
              <button
                type="button"
                className="quiet"
                aria-current={atS <= second ? 'true' : undefined}
                onClick={() => {
                  clock.seek(Math.ceil(atS));
                  rest();
                }}
              >
                ⚑ {runTime(atS)} {text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
