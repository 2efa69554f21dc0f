import type { ToolPaths } from '@loadstair/components';
import { findTool, provideTools } from '@loadstair/runtime';
import { toolsFor } from '@loadstair/stages';
import type { Topology } from '@loadstair/topology';
import type { LabConfig } from './config.ts';

export interface ProvidedTools {
  readonly paths: ToolPaths;
  readonly k6: string;
  readonly prometheus: string;
}

/** Finds every program; throws ToolsMissing (exit 6) when one is not there: labd never installs, ./lab does before. */
export async function findProvidedTools(topology: Topology, config: LabConfig): Promise<ProvidedTools> {
  const paths = await provideTools(toolsFor(topology), {
    repoFolder: config.repoFolder,
    labFolder: config.labFolder,
    path: config.path,
    install: null,
  });
  // provideTools has thrown when one was missing.
  return { paths, k6: paths.k6 as string, prometheus: paths.prometheus as string };
}

/** Versions of the programs that are used, by name: any at or above a minimum is taken, so a run must say which. */
export async function toolVersions(topology: Topology, { labFolder, path }: LabConfig): Promise<Readonly<Record<string, string>>> {
  const reports = await Promise.all(toolsFor(topology).map((name) => findTool(name, { labFolder, path })));
  return Object.fromEntries(reports.flatMap((report) => (report.state === 'found' ? [[report.name, report.version]] : [])));
}
