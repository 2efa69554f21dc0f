/** What changes on the page from second to second. */
export interface ReplayFrames {
  /** Seconds between two frames. */
  readonly every: number;
  /** All texts that are shown, each once. */
  readonly words: readonly string[];
  readonly frames: readonly ReplayFrame[];
  /** Left and right end of the axis of time, px, and the seconds it is long. */
  readonly axis: readonly [left: number, right: number, seconds: number];
}

export interface ReplayFrame {
  /** By place of text, in the order of the page: an index into the words. */
  readonly t: readonly number[];
  /** By bar: its width, px. */
  readonly b: readonly number[];
  /** By host: classes it has beside those of its cell, an index into the words. */
  readonly c: readonly number[];
}

/**
 * Plays the frames of one page. It runs inside report.html, written there as text: so it may use nothing from outside itself. It shows
 * the controls, which say nothing without it.
 */
export function player(page: Document): void {
  const SHOWN_EVERY_MS = 250;
  const CALM_EVERY_MS = 1000;
  const root = page.querySelector<HTMLElement>('#replay');
  const slider = root?.querySelector<HTMLInputElement>('input[type=range]');
  const button = root?.querySelector('button');
  const speed = root?.querySelector('select');
  const time = root?.querySelector('.time');
  const data = root?.querySelector('script[type="application/json"]');
  if (!root || !slider || !button || !speed || !time || !data) return;
  const { every, words, frames, axis } = JSON.parse(data.textContent ?? '') as ReplayFrames;
  const texts = [...root.querySelectorAll('[data-line], [data-edge], [data-lag], [data-cpu], [data-other]')];
  const bars = [...root.querySelectorAll('[data-bar]')];
  const hosts = [...root.querySelectorAll('[data-host]')].map((host) => ({ host, own: host.getAttribute('class') ?? '' }));
  const cursor = root.querySelector('.cursor');
  const lastS = Number(slider.max);
  const calm = page.defaultView?.matchMedia('(prefers-reduced-motion: reduce)').matches === true;
  let at = Number(slider.value);
  let timer: ReturnType<typeof setInterval> | undefined;
  let tickedMs = 0;

  const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  const show = (): void => {
    const frame = frames[Math.min(frames.length - 1, Math.floor(at / every))];
    if (frame === undefined) return;
    for (const [index, text] of texts.entries()) {
      const word = words[frame.t[index] ?? -1] ?? '';
      if (text.textContent !== word) text.textContent = word;
    }
    for (const [index, bar] of bars.entries()) bar.setAttribute('width', String(frame.b[index] ?? 0));
    for (const [index, { host, own }] of hosts.entries()) host.setAttribute('class', `${own} ${words[frame.c[index] ?? -1] ?? ''}`.trim());
    const x = String(axis[0] + ((axis[1] - axis[0]) * Math.min(at, axis[2])) / axis[2]);
    cursor?.setAttribute('x1', x);
    cursor?.setAttribute('x2', x);
    const stands = `${clock(at)} of ${clock(lastS)}`;
    slider.value = String(Math.floor(at));
    slider.setAttribute('aria-valuetext', stands);
    time.textContent = stands;
  };
  const pause = (): void => {
    clearInterval(timer);
    timer = undefined;
    button.textContent = 'Play';
  };
  const tick = (): void => {
    const now = performance.now();
    at = Math.min(lastS, at + (Number(speed.value) * (now - tickedMs)) / 1000);
    tickedMs = now;
    show();
    if (at >= lastS) pause();
  };
  const play = (): void => {
    if (at >= lastS) at = 0;
    tickedMs = performance.now();
    timer = setInterval(tick, calm ? CALM_EVERY_MS : SHOWN_EVERY_MS);
    button.textContent = 'Pause';
    show();
  };
  const toggle = (): void => (timer === undefined ? play() : pause());
  const seek = (second: number): void => {
    at = Math.min(lastS, Math.max(0, second));
    show();
  };
  button.addEventListener('click', toggle);
  slider.addEventListener('input', () => seek(Number(slider.value)));
  slider.addEventListener('keydown', (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    toggle();
  });
  for (const mark of root.querySelectorAll<HTMLElement>('[data-at]'))
    mark.addEventListener('click', () => seek(Number(mark.dataset['at'])));
  for (const hidden of root.querySelectorAll('[hidden]')) hidden.removeAttribute('hidden');
  show();
}
