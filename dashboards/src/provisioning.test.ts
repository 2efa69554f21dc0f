import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import yaml from 'js-yaml';
import { allBoards } from './all.ts';
import { GENERATED } from './generated-folder.ts';

const DASHBOARDS = join(import.meta.dirname, '..');
const PROVISIONING = join(DASHBOARDS, 'grafana', 'provisioning');
/** Where the folder dashboards/ is mounted for Grafana. */
const MOUNTED = '/etc/loadstair/dashboards';

interface Source {
  readonly uid: string;
  readonly type: string;
  readonly editable: boolean;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

const read = (folder: string): Record<string, unknown>[] =>
  readdirSync(join(PROVISIONING, folder)).map(
    (name) => yaml.load(readFileSync(join(PROVISIONING, folder, name), 'utf8')) as Record<string, unknown>,
  );
const sources = read('datasources').flatMap((file) => file['datasources'] as Source[]);

describe('Grafana’s data sources', () => {
  it('have uids of their own and cannot be changed by hand', () => {
    expect(new Set(sources.map(({ uid }) => uid)).size).toBe(sources.length);
    expect(sources.map(({ editable }) => editable)).toEqual(sources.map(() => false));
  });

  it('lead from an exemplar to its trace in the console', () => {
    const prometheus = sources.find(({ type }) => type === 'prometheus');
    expect(prometheus?.jsonData['exemplarTraceIdDestinations']).toEqual([
      { name: 'trace_id', url: '$LOADSTAIR_CONSOLE_URL/traces/$${__value.raw}', urlDisplayLabel: 'Trace in the console' },
    ]);
  });

  it('are of the kind the dashboards ask for', () => {
    for (const { dashboard } of allBoards()) {
      const variable = dashboard.templating.list?.find(({ name }) => name === 'datasource');
      expect(sources.map(({ type }) => type)).toContain(variable?.query);
    }
  });
});

describe('Grafana’s dashboards', () => {
  it('come from the generated files', () => {
    const providers = read('dashboards').flatMap((file) => file['providers'] as { options: { path: string }; allowUiUpdates: boolean }[]);
    expect(providers.length).toBeGreaterThan(0);
    for (const { options, allowUiUpdates } of providers) {
      expect(allowUiUpdates).toBe(false);
      const folder = join(DASHBOARDS, options.path.slice(MOUNTED.length));
      expect(options.path.startsWith(`${MOUNTED}/`) && existsSync(folder)).toBe(true);
      expect(folder).toBe(GENERATED);
    }
  });
});
