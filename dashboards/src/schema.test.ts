import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { allBoards } from './all.ts';
import { schemaOfType } from './testing/schema-of-type.ts';

const validate: ValidateFunction = new Ajv({ allErrors: true }).compile(
  schemaOfType(join(import.meta.dirname, 'testing', 'grafana-types.ts'), 'GrafanaDashboard') as object,
);

/** As a file has it: without what JSON cannot hold. */
const asFile = (value: unknown): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
const errorsOf = (value: unknown): string[] =>
  validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);

describe('the schema made from the SDK’s types', () => {
  it.each(allBoards().map((board) => ({ uid: board.dashboard.uid, dashboard: asFile(board.dashboard) })))(
    'holds for $uid',
    ({ dashboard }) => {
      expect(errorsOf(dashboard)).toEqual([]);
    },
  );

  it.each([
    ['an unknown property', (panel: Record<string, unknown>) => ({ ...panel, colour: 'blue' })],
    ['an unknown option', (panel: Record<string, unknown>) => ({ ...panel, options: { ...(panel['options'] as object), fancy: true } })],
    ['a place that is no number', (panel: Record<string, unknown>) => ({ ...panel, gridPos: { x: '0', y: 0, w: 1, h: 1 } })],
    ['a kind nobody knows', (panel: Record<string, unknown>) => ({ ...panel, type: 'clock' })],
  ])('refuses a panel with %s', (_what, change) => {
    const [first] = allBoards();
    const dashboard = asFile(first?.dashboard);
    const panels = dashboard['panels'] as Record<string, unknown>[];
    const at = panels.findIndex((panel) => panel['type'] === 'timeseries');
    expect(errorsOf({ ...dashboard, panels: panels.with(at, change(panels[at] as Record<string, unknown>)) })).not.toEqual([]);
  });
});
