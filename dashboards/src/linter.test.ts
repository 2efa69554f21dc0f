import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GENERATED } from './generated-folder.ts';

/** The parts of a dashboard file that the rules read. */
interface File {
  readonly schemaVersion?: unknown;
  readonly apiVersion?: unknown;
  readonly spec?: unknown;
  readonly id?: unknown;
  readonly editable: boolean;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
}
interface Panel {
  readonly title?: string;
  readonly type: string;
  readonly datasource?: unknown;
  readonly fieldConfig?: unknown;
  readonly targets?: readonly { readonly expr: string }[];
}
interface Variable {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly query: unknown;
  readonly refresh?: number;
  readonly datasource?: unknown;
}

const files = readdirSync(GENERATED).map((name) => ({ name, file: JSON.parse(readFileSync(join(GENERATED, name), 'utf8')) as File }));
const queriesOf = ({ panels }: File): string[] => panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** A counter as it is means nothing: rules of dashboard-linter and of Prometheus alike. What k6 counts since the start of a run is read at its highest. */
const RAW_COUNTER = /(?<!\b(?:rate|increase|max_over_time)\()\b\w+_total\b/;
/** Grafana's "On time range change" (https://grafana.com/docs/grafana/latest/dashboards/variables/). */
const ON_TIME_CHANGE = 2;

/**
 * The rules of https://github.com/grafana/dashboard-linter that concern these dashboards, whose other rules boards.test.ts has (titles,
 * descriptions, units, data sources, rate intervals). Left out: matchers of `job` and `instance`, because a Prometheus of the lab scrapes
 * one site, and hosts are told apart by `host` and `tier`.
 */
describe.each(files)('dashboard-linter: $name', ({ file }) => {
  it('is of the classic schema, which every Grafana since version 9 reads', () => {
    expect(file.schemaVersion).toBeGreaterThanOrEqual(36);
    expect([file.apiVersion, file.spec, file.id]).toEqual([undefined, undefined, undefined]);
  });

  it('cannot be edited in place: the code is its only source (template-uneditable-rule)', () => {
    expect(file.editable).toBe(false);
  });

  it('has one data source variable of the usual name (template-datasource-rule)', () => {
    const sources = file.templating.list.filter(({ type }) => type === 'datasource');
    expect(sources).toMatchObject([{ name: 'datasource', label: 'Data Source', query: 'prometheus' }]);
  });

  it('has variables that follow the time shown (template-on-time-change-reload-rule)', () => {
    for (const { name, refresh, datasource } of file.templating.list.filter(({ type }) => type === 'query'))
      expect({ name, refresh, datasource }).toEqual({
        name,
        refresh: ON_TIME_CHANGE,
        datasource: { type: 'prometheus', uid: '$datasource' },
      });
  });

  it('has queries whose brackets close (target-promql-rule) and that read no counter as it is (target-counter-agg-rule)', () => {
    for (const expr of queriesOf(file)) {
      expect(bracketsLeft(expr)).toBe('');
      expect(expr.replaceAll(/"[^"]*"/g, '')).not.toMatch(RAW_COUNTER);
    }
  });

  it('uses every variable that it has (element-reference-rule)', () => {
    const used = JSON.stringify([file.panels, file.templating.list.map(({ query }) => query)]);
    for (const { name } of file.templating.list) expect(used).toMatch(new RegExp(String.raw`\$\{?${name}\b|"repeat":"${name}"`));
  });
});

it('finds what is wrong', () => {
  expect(bracketsLeft('sum (rate(a[1m])')).toBe('(');
  expect(bracketsLeft('a{b="("}')).toBe('');
  expect('sum (a_total)').toMatch(RAW_COUNTER);
  expect('sum (rate(a_total[1m]))').not.toMatch(RAW_COUNTER);
});

/** Brackets that are still open at the end, or the first that closes none. */
function bracketsLeft(expr: string): string {
  const opens: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  for (const sign of expr.replaceAll(/"[^"]*"/g, '')) {
    if (Object.values(opens).includes(sign)) open.push(sign);
    else if (sign in opens && open.pop() !== opens[sign]) return sign;
  }
  return open.join('');
}
