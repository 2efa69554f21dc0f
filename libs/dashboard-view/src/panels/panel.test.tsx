import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { DashboardView } from '../dashboard-view.tsx';
import type { DashboardData, Exemplar, SeriesData } from '../data/panel-data.ts';
import { linesOf } from '../data/lines.ts';
import { viewOf, type PanelView } from '../view/view-of.ts';
import { Body, type Shared } from './panel.tsx';

const GENERATED = join(import.meta.dirname, '../../../../dashboards/generated');
const views = readdirSync(GENERATED).map((name) => viewOf(JSON.parse(readFileSync(join(GENERATED, name), 'utf8'))));
const panels = views.flatMap((view) => view.rows.flatMap((row) => row.panels));

const shared: Shared = {
  times: [10, 12, 14],
  startS: 10,
  faults: [],
  stepStarts: [],
  syncKey: 'k',
  host: null,
  onRange: () => {},
  onTrace: () => {},
};

const EXEMPLARS: readonly Exemplar[] = [
  { atMs: 11_000, value: 0.1, trace: 'a', host: 'web-1' },
  { atMs: 12_000, value: 0.812, trace: 'b', host: 'web-2' },
];

/** What a panel shows of some series of its first query, as HTML. */
function shown(panel: PanelView | undefined, series: readonly SeriesData[]): string {
  if (panel === undefined) throw new Error('no such panel');
  const data = { A: series };
  return renderToStaticMarkup(
    <Body
      panel={panel}
      data={data}
      exemplars={EXEMPLARS}
      lines={linesOf(panel, data)}
      shared={shared}
      height={100}
      asTable={panel.kind === 'lines'}
    />,
  );
}
const texts = (html: string): string[] => html.split(/<[^>]+>/).filter((text) => text.trim() !== '');
const first = (kind: PanelView['kind']): PanelView | undefined => panels.find((panel) => panel.kind === kind);

describe('a panel', () => {
  it('of bars has each name and number as text, the longest first', () => {
    const html = shown(first('bars'), [
      { labels: { host: 'db-1' }, values: [0.974] },
      { labels: { host: 'web-1' }, values: [1.3] },
    ]);
    expect(texts(html)).toEqual(['web-1', '130 %', 'db-1', '97.4 %']);
    expect(html).toContain('--share:0.974');
    // A bar is never longer than its track.
    expect(html).toContain('--share:1;');
  });

  it('of states writes the words into the bars, and leaves gaps open', () => {
    const up = panels.find(({ title }) => title === 'Hosts up');
    const html = shown(up, [{ labels: { host: 'web-1' }, values: [1, null, 0] }]);
    expect(texts(html)).toEqual(['web-1', 'up', 'down']);
    expect(html).toContain('left:66.6');
  });

  it('of one number writes a null as no number', () => {
    const revenue = panels.find(({ title }) => title === 'Revenue');
    expect(texts(shown(revenue, [{ labels: {}, values: [1234.5] }]))).toEqual(['$1,235']);
    expect(texts(shown(revenue, [{ labels: {}, values: [null] }]))).toEqual(['–']);
  });

  it('with a table has its labels as columns and the most on top', () => {
    const html = shown(first('table'), [
      { labels: { name: 'feed', status: '200' }, values: [12] },
      { labels: { name: 'static', status: '503' }, values: [1400] },
    ]);
    expect(texts(html).slice(1)).toEqual(['name', 'status', 'requests', 'static', '503', '1,400', 'feed', '200', '12']);
  });

  it('with a heat map has slow buckets on top and draws what was counted', () => {
    const html = shown(first('heatmap'), [
      { labels: { le: '0.1' }, values: [4, 0, 1] },
      { labels: { le: '+Inf' }, values: [4, 2, 1] },
    ]);
    expect(texts(html)).toEqual(['&gt; 100 ms', '≤ 100 ms']);
    expect(html.match(/<rect/g)).toHaveLength(3);
  });

  it('of lines is a table too: a row for each time', () => {
    const load = panels.find(({ title }) => title === 'Load');
    const html = shown(load, [{ labels: {}, values: [8, null, 10] }]);
    expect(texts(html).slice(1)).toEqual(['time', 'offered', '0:00', '8 arrivals/s', '0:02', '–', '0:04', '10 arrivals/s']);
  });

  it('of lines has its traced requests as text too, the slowest first', () => {
    const duration = panels.find(({ kind, title }) => kind === 'lines' && title === 'web duration');
    if (duration === undefined) throw new Error('a dashboard shows how long web servers take');
    const series = [{ labels: {}, values: [0.1, 0.2, 0.3] }];
    const html = renderToStaticMarkup(
      <Body
        panel={duration}
        data={{ A: series }}
        exemplars={EXEMPLARS}
        lines={linesOf(duration, { A: series })}
        shared={shared}
        height={100}
        asTable={false}
      />,
    );
    expect(texts(html)).toEqual(expect.arrayContaining(['○ 2 traces', '812 ms at 0:02', '100 ms at 0:01']));
    expect(html.indexOf('812 ms')).toBeLessThan(html.indexOf('100 ms at'));
  });

  it('without data says why', () => {
    const stale = panels.find(({ absence }) => absence === 'No answer was stale.');
    expect(texts(shown(stale, []))).toEqual(['No answer was stale.']);
    expect(texts(shown(first('lines'), []))).toEqual(['No data in the time shown.']);
  });
});

describe('a dashboard', () => {
  const data: DashboardData = {
    startMs: 10_000,
    endMs: 14_000,
    stepS: 2,
    panels: {},
    annotations: { Steps: [{ labels: { step: '1', kind: 'load' }, values: [null, 1, 1] }] },
    exemplars: {},
  };

  it.each(views.map((view) => ({ uid: view.uid, view })))('$uid has every row, panel and step as text', ({ view }) => {
    const html = renderToStaticMarkup(
      <DashboardView view={view} data={data} range={null} onRange={() => {}} host={null} onHost={() => {}} onTrace={() => {}} />,
    );
    const said = texts(html);
    for (const row of view.rows) {
      expect(said).toContain(row.title);
      // A row of panels that are all empty for one reason says it once.
      const [reason, ...others] = new Set(row.panels.map(({ absence }) => absence));
      const titles = others.length === 0 && reason != null ? [reason] : row.panels.map((panel) => panel.title);
      for (const title of titles) expect(said).toContain(title);
    }
    expect(said).toContain('step 1 (load)');
    expect(said).toContain('0:00–0:04');
    // Nothing is drawn before it is near the screen.
    expect(html).not.toContain('<canvas');
  });
});
