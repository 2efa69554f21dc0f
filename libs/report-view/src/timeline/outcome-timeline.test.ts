import { expect, it } from '@jest/globals';
import type { OutcomeTimeline } from '@loadstair/experiments/outcome';
import { outcomeTimeline } from './outcome-timeline.ts';
import { timelineMarks, timelineRows, timelineTable } from './timeline-table.ts';

const SLO = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 };
const each = <Value>(count: number, value: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => value(index));

/** Twenty seconds; web-1 crashes after ten, and three of a hundred requests fail in each of the next two. */
const timeline: OutcomeTimeline = {
  startMs: 50_000,
  sliceS: 1,
  requests: each(20, () => 100),
  failed: each(20, (index) => (index === 10 || index === 11 ? 3 : 0)),
  completed: each(20, () => 24),
  medianMs: each(20, () => 12),
  quantileMs: each(20, (index) => (index === 5 ? null : index === 11 ? 900 : 40)),
  phases: [
    { name: 'both', startMs: 50_000, endMs: 60_000, offered: 25 },
    { name: 'one <dead>', startMs: 60_000, endMs: 70_000, offered: 25 },
  ],
  marks: [{ action: 'crash', text: 'web-1 crashed', beganMs: 60_000, endedMs: 60_040 }],
};
const text = (window: { fromMs: number; toMs: number } | null = null, width?: number): string =>
  outcomeTimeline(timeline, SLO, { window, ...(width === undefined ? {} : { width }) }).text;

it('has a bar for each second with failures, and a summary for those who do not see it', () => {
  expect(text().match(/class="failed"/g)).toHaveLength(2);
  expect(text()).toContain(
    'aria-label="From 0:00 to 0:20 at up to 25.0 arrivals/s: 6 of 2,000 requests failed, between 0:10 and 0:12; p95 at most 900 ms, at 0:11. web-1 crashed at 0:10."',
  );
});

it('marks what was done, and says it', () => {
  expect(text()).toContain('⚑ 1 web-1 crashed');
  expect(timelineMarks(timeline)?.text.replaceAll(/\s+/g, ' ')).toContain('<li> 0:10 web-1 crashed </li>');
  expect(timelineMarks({ ...timeline, marks: [] })).toBeNull();
});

it('escapes names: a run may be of somebody else', () => {
  expect(text()).not.toContain('<dead>');
  expect(text()).toContain('one &#60;dead&#62;');
});

it('leaves a gap where the latency is not known', () => {
  const line = /<path class="line ink" d="([^"]+)"/.exec(text())?.[1] ?? '';
  expect(line.match(/M/g)).toHaveLength(2);
});

it('shows only the part that is looked at', () => {
  const part = text({ fromMs: 61_000, toMs: 66_000 });
  expect(part.match(/class="failed"/g)).toHaveLength(1);
  expect(part).not.toContain('⚑');
  expect(part).not.toContain('>both<');
  expect(part).toContain('>0:12<');
});

it('draws where somebody said that everything is answered again, from the first action on', () => {
  const said = outcomeTimeline(timeline, SLO, { predicted: { low: 1, high: 3 } }).text;
  const [, from, to] = /<g class="predicted">\s*<path d="M([\d.]+) [\d.]+H([\d.]+)"/.exec(said) ?? [];
  const perSecond = (860 - 84 - 52) / 20;
  expect(Number(from)).toBeCloseTo(52 + 11 * perSecond, 0);
  expect(Number(to)).toBeCloseTo(52 + 13 * perSecond, 0);
});

it('has no number that is none, even with nothing measured', () => {
  const nothing = {
    ...timeline,
    requests: [],
    failed: [],
    completed: [],
    medianMs: [],
    quantileMs: [],
    phases: [],
    marks: [],
  };
  expect(outcomeTimeline(nothing, SLO).text).not.toMatch(/NaN|Infinity/);
  expect(text(null, 358)).not.toMatch(/NaN|Infinity/);
});

it('is a table too, a row a second', () => {
  expect(timelineRows(timeline)[11]).toEqual(['0:11', 'one <dead>', '25.0', '24.0', '100', '3', '12', '900']);
  expect(timelineRows(timeline)[5]?.at(-1)).toBe('–');
  expect(timelineTable(timeline, SLO).text.match(/<tr>/g)).toHaveLength(21);
});
