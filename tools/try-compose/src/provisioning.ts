import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardsOf, type DashboardJson } from '@loadstair/dashboards';
import { parse } from 'yaml';

export interface DataSource {
  readonly uid: string;
  readonly type: string;
  readonly url: string;
}

/** What Grafana makes of a provisioning folder. */
export interface Provisioned {
  readonly dataSources: readonly DataSource[];
  /** Folders with dashboards as JSON. */
  readonly folders: readonly string[];
}

/**
 * Reads a provisioning folder as Grafana does: every YAML file of `datasources` and `dashboards`, with variables of the environment
 * (https://grafana.com/docs/grafana/latest/administration/provisioning/).
 *
 * @throws Error when a variable is not set, or a file says nothing
 */
export function readProvisioning(folder: string, environment: Readonly<Record<string, string | undefined>>): Provisioned {
  const documents = (kind: string): unknown[] =>
    readdirSync(join(folder, kind))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => expanded(parse(readFileSync(join(folder, kind, name), 'utf8')), environment));
  const dataSources = (documents('datasources') as { datasources: DataSource[] }[]).flatMap((file) => file.datasources);
  const folders = (documents('dashboards') as { providers: { options: { path: string } }[] }[]).flatMap((file) =>
    file.providers.map(({ options }) => options.path),
  );
  if (dataSources.length === 0 || folders.length === 0) throw new Error(`${folder} provisions nothing.`);
  return { dataSources, folders };
}

/** The dashboards that show a run of a stage. */
export function provisionedDashboards({ folders }: Provisioned, stage: number): DashboardJson[] {
  return folders.flatMap((folder) => dashboardsOf(stage, folder));
}

function expanded(value: unknown, environment: Readonly<Record<string, string | undefined>>): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_all, dollar?: string, plain?: string, braced?: string) => {
      if (dollar !== undefined) return dollar;
      const name = plain ?? braced ?? '';
      const found = environment[name];
      if (found === undefined) throw new Error(`The provisioning reads ${name}, which is not set.`);
      return found;
    });
  if (Array.isArray(value)) return value.map((item) => expanded(item, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expanded(item, environment)]));
}
