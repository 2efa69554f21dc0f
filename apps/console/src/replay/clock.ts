/** Where a replay stands. */
export interface Moment {
  /** Whole seconds since load began. */
  readonly second: number;
  readonly playing: boolean;
  /** Seconds of the run in one second. */
  readonly speed: number;
}

/** Moves through a run of known length. */
export interface Clock {
  readonly lastS: number;
  get(): Moment;
  subscribe(listener: () => void): () => void;
  /** Goes to a second; one outside the run is the nearest inside it. */
  seek(second: number): void;
  /** Goes on from where it stands, from the beginning after the end. */
  play(): void;
  pause(): void;
  setSpeed(speed: number): void;
}

export const SPEEDS = [1, 2, 5, 10, 20] as const;

/** More pictures a second would cost, and could not be read. */
const TICK_MS = 250;
/** For one who asked for less motion. */
const CALM_TICK_MS = 1000;

/**
 * A clock that stands at a second of a run until it is played; at the end it stops by itself.
 *
 * @param calm fewer pictures a second, each further on
 * @param nowMs milliseconds that go on
 */
export function createClock(lastS: number, second: number, calm: boolean, nowMs: () => number = () => performance.now()): Clock {
  const inside = (asked: number): number => Math.min(lastS, Math.max(0, asked));
  const listeners = new Set<() => void>();
  let at = inside(second);
  let moment: Moment = { second: Math.floor(at), playing: false, speed: 1 };
  let timer: ReturnType<typeof setInterval> | undefined;
  let tickedMs = 0;
  const show = (change: Partial<Moment>): void => {
    const next = { ...moment, second: Math.floor(at), ...change };
    if (next.second === moment.second && next.playing === moment.playing && next.speed === moment.speed) return;
    moment = next;
    for (const listener of listeners) listener();
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = (): void => {
    const now = nowMs();
    at = inside(at + (moment.speed * (now - tickedMs)) / 1000);
    tickedMs = now;
    if (at < lastS) return show({});
    stop();
    show({ playing: false });
  };
  return {
    lastS,
    get: () => moment,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        // Nobody looks any more.
        if (listeners.size === 0) {
          stop();
          moment = { ...moment, playing: false };
        }
      };
    },
    seek(asked) {
      at = inside(asked);
      show({});
    },
    play() {
      if (moment.playing) return;
      if (at >= lastS) at = 0;
      tickedMs = nowMs();
      timer = setInterval(tick, calm ? CALM_TICK_MS : TICK_MS);
      show({ playing: true });
    },
    pause() {
      stop();
      show({ playing: false });
    },
    setSpeed: (speed) => show({ speed }),
  };
}
