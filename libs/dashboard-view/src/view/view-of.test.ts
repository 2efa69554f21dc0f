import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CannotDraw, viewOf } from './view-of.ts';

/** What the lab really has: the files Grafana loads. */
const GENERATED = join(import.meta.dirname, '../../../../dashboards/generated');
const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(join(GENERATED, name), 'utf8')) as Record<string, unknown>;
const files = readdirSync(GENERATED);

type Panel = Record<string, unknown> & { title: string; type: string };
/** A dashboard with its first panel of a kind changed. */
function changed(name: string, type: string, change: (panel: Panel) => Panel): unknown {
  const dashboard = read(name);
  const panels = dashboard['panels'] as Panel[];
  const at = panels.findIndex((panel) => panel.type === type);
  return { ...dashboard, panels: panels.with(at, change(panels[at] as Panel)) };
}

describe('viewOf', () => {
  it.each(files)('draws all of %s', (name) => {
    const view = viewOf(read(name));
    const panels = (read(name)['panels'] as Panel[]).filter(({ type }) => type !== 'row');
    expect(view.rows.flatMap((row) => row.panels.map(({ title }) => title))).toEqual(panels.map(({ title }) => title));
    expect(view.rows.every((row) => row.panels.length > 0)).toBe(true);
    expect(view.annotations.map((annotation) => annotation.name)).toEqual(['Steps', 'Faults', 'Runs']);
  });

  it('knows every kind of panel the lab has', () => {
    const kinds = new Set(files.flatMap((name) => viewOf(read(name)).rows.flatMap((row) => row.panels.map(({ kind }) => kind))));
    expect([...kinds].sort()).toEqual(['bars', 'heatmap', 'lines', 'states', 'table', 'value']);
  });

  it('keeps what a panel says of itself', () => {
    const load = viewOf(read('run.json')).rows[0]?.panels[0];
    expect(load).toMatchObject({
      kind: 'lines',
      title: 'Load',
      size: { columns: 12, lines: 7 },
      unit: { kind: 'with-suffix', suffix: ' arrivals/s' },
      queries: [
        { refId: 'A', legend: 'offered', colour: 'fourth' },
        { refId: 'B', legend: 'started', colour: 'second' },
        { refId: 'C', legend: 'achieved', colour: 'through' },
      ],
    });
    expect(viewOf(read('hosts.json')).byHost).toBe(true);
    const up = viewOf(read('hosts.json')).rows[0]?.panels[0];
    expect(up).toMatchObject({
      kind: 'states',
      states: [
        { value: 0, text: 'down', colour: 'ink' },
        { value: 1, text: 'up', colour: 'through' },
      ],
    });
  });

  it.each([
    ['a kind of panel', (panel: Panel): Panel => ({ ...panel, type: 'piechart' })],
    ['an option', (panel: Panel): Panel => ({ ...panel, options: { ...(panel['options'] as object), orientation: 'vertical' } })],
    ['a way of drawing', (panel: Panel): Panel => ({ ...panel, transformations: [{ id: 'merge' }] })],
    [
      'traffic lights',
      (panel: Panel): Panel => {
        const { defaults, ...rest } = panel['fieldConfig'] as { defaults: object };
        const steps = [null, 0.5, 0.9].map((value) => ({ value, color: '#C2410C' }));
        return { ...panel, fieldConfig: { ...rest, defaults: { ...defaults, thresholds: { mode: 'absolute', steps } } } };
      },
    ],
  ])('refuses %s it lacks, and names the panel', (_what, change) => {
    const draw = (): unknown => viewOf(changed('run.json', 'timeseries', change));
    expect(draw).toThrow(CannotDraw);
    expect(draw).toThrow(/Dashboard run cannot be drawn: panel "Load"/);
  });

  it.each([
    ['a unit', { unit: 'dtdurations' }, /dtdurations/],
    ['a colour', { color: { mode: 'fixed', fixedColor: '#FF0000' } }, /#FF0000/],
  ])('refuses %s nobody knows', (_what, change, says) => {
    const draw = (): unknown =>
      viewOf(
        changed('run.json', 'stat', (panel) => {
          const { defaults, ...rest } = panel['fieldConfig'] as { defaults: object };
          return { ...panel, fieldConfig: { ...rest, defaults: { ...defaults, ...change } } };
        }),
      );
    expect(draw).toThrow(says);
  });

  it('refuses what is no dashboard', () => {
    for (const nothing of [null, 1, 'text', {}, { uid: 'x' }]) expect(() => viewOf(nothing)).toThrow(CannotDraw);
  });
});
