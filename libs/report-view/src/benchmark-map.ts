import { interval, rate } from '@loadstair/analysis';
import { heatClass } from './heat-strip.ts';
import { html, type Html } from './html.ts';

/** Capacities of stages under several profiles. */
export interface BenchmarkMap {
  readonly stages: readonly { readonly stage: number; readonly slug: string }[];
  readonly rows: readonly {
    readonly profile: string;
    readonly cells: readonly {
      readonly stage: number;
      readonly capacity: { readonly load: number; readonly interval: readonly [number, number] | null } | null;
      readonly limitedBy: string;
      readonly runs: readonly string[];
    }[];
  }[];
}

/** The warm class means "at its limit", and no capacity is one. */
const HIGHEST_CLASS = 3;

/**
 * Profiles × stages, capacity and limit in each cell. The stronger the colour of a cell, the closer it is to the highest capacity of its row: profiles ask for
 * different work, so only cells of one row are held against each other.
 *
 * @param hrefOf where the runs of a cell are shown
 */
export function benchmarkMap({ stages, rows }: BenchmarkMap, hrefOf: (profile: string, stage: number) => string): Html {
  return html`<div class="scroll" tabindex="0">
    <table class="map">
      <thead>
        <tr>
          <th scope="col">profile</th>
          ${stages.map(({ stage, slug }) => html`<th scope="col">${stage} ${slug}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ profile, cells }) => {
          const highest = Math.max(0, ...cells.map(({ capacity }) => capacity?.load ?? 0));
          return html`<tr>
            <th scope="row">${profile}</th>
            ${stages.map(({ stage }) => {
              const cell = cells.find((one) => one.stage === stage);
              if (cell === undefined) return html`<td class="none">not measured</td>`;
              const { capacity, limitedBy, runs } = cell;
              if (capacity === null)
                return html`<td class="none">no run found its capacity<span class="detail">${runsWords(runs.length)}</span></td>`;
              return html`<td class="cell h${Math.min(HIGHEST_CLASS, heatClass(capacity.load / highest))}">
                <a href="${hrefOf(profile, stage)}">${rate(capacity.load)}/s</a>
                <span class="part"
                  >${capacity.interval === null ? runsWords(runs.length) : interval(capacity.interval, capacity.load)}</span
                >
                <span class="part">${limitedBy}</span>
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function runsWords(count: number): string {
  return `${count} ${count === 1 ? 'run' : 'runs'}`;
}
