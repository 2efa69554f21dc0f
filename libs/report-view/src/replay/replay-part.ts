import type { Slo } from '@loadstair/analysis';
import type { Topology } from '@loadstair/topology';
import { html, Html } from '../html.ts';
import { overlaidAxis, overlaidRuns, type OverlaidRun } from '../overlaid-runs.ts';
import { runTime } from '../run-time.ts';
import { momentWords, type ReplayedSecond } from './moment-words.ts';
import type { ReplayFrame, ReplayFrames } from './player.ts';
import { sitePicture } from './site-picture.ts';

/** Frames that a page holds; of a longer run it has every second one, or fewer. */
const MOST_FRAMES = 600;
const SPEEDS = [1, 2, 5, 10, 20] as const;
/** More would push the picture out of sight. */
const MOST_MARKS = 12;

/**
 * A run second by second for a page that stands alone: its topology and its load, moved by `player`, which stands in the page as a script.
 *
 * @param seconds what was shown at each second since load began
 * @param run the same as points of a chart
 */
export function replayPart(topology: Topology, seconds: readonly ReplayedSecond[], run: OverlaidRun, slo: Pick<Slo, 'latencyMs'>): Html {
  const lastS = seconds.length - 1;
  const every = Math.max(1, Math.ceil(seconds.length / MOST_FRAMES));
  const picture = sitePicture(topology, seconds);
  const words = wordList();
  const frames = seconds
    .filter((_, second) => second % every === 0)
    .map((state): ReplayFrame => {
      const { texts, bars, classes } = picture.show(state);
      return { t: [momentWords(state), ...texts].map(words.at), b: bars, c: classes.map(words.at) };
    });
  const data: ReplayFrames = { every, words: words.all, frames, axis: overlaidAxis([run]) };
  const marks = run.marks.slice(0, MOST_MARKS);
  return html`<section id="replay" class="replay">
    <h2>The run, second by second</h2>
    <div class="controls" hidden>
      <button type="button">Play</button>
      <input type="range" min="0" max="${lastS}" value="0" aria-label="Time since load began" />
      <span class="time">0:00 of ${runTime(lastS)}</span>
      <label
        >Speed
        <select>
          ${SPEEDS.map((speed) => html`<option value="${speed}">×${speed}</option>`)}
        </select></label
      >
    </div>
    <noscript><p>To play the run, let this file run its script. Everything else works without.</p></noscript>
    <p class="said-now" data-line=""></p>
    <div class="topology scroll" tabindex="0">${picture.drawing}</div>
    ${
      marks.length === 0
        ? null
        : html`<p class="controls" hidden>
            ${marks.map(({ atS, text }) => html`<button type="button" data-at="${Math.ceil(atS)}">⚑ ${runTime(atS)} ${text}</button> `)}
          </p>`
    }
    <figure class="over-time">${overlaidRuns([run], slo, undefined, true)}</figure>
    <script type="application/json">
      ${new Html(JSON.stringify(data).replaceAll('<', '\\u003c'))}
    </script>
  </section>`;
}

/** Words by number, each kept once. */
function wordList(): { readonly all: readonly string[]; readonly at: (word: string) => number } {
  const all: string[] = [];
  const known = new Map<string, number>();
  return {
    all,
    at(word) {
      const found = known.get(word);
      if (found !== undefined) return found;
      known.set(word, all.length);
      all.push(word);
      return all.length - 1;
    },
  };
}
