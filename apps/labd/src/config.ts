import { parseArgs } from 'node:util';
import type { LabConfig } from '@loadstair/lab';
import { LAB_FOLDER, MAX_INSTANCE, REPO_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { labdPort } from '@loadstair/topology';

/** What labd is told when it starts. */
export interface LabdConfig extends LabConfig {
  readonly port: number;
  readonly stateFile: string;
  /** Stamp of the sources, kept in the state file for clients. */
  readonly sources: string;
}

export class BadLabdConfig extends Error {
  constructor(problems: readonly string[]) {
    super(`labd cannot start: ${problems.join('; ')}. It is started by ./lab; see ./lab --help.`);
    this.name = 'BadLabdConfig';
  }
}

export function configFrom(argv: readonly string[]): LabdConfig {
  const { values } = parseArgs({
    args: [...argv],
    options: { instance: { type: 'string', default: '1' }, sources: { type: 'string', default: '' } },
  });
  const instance = Number(values.instance);
  if (!Number.isInteger(instance) || instance < 1 || instance > MAX_INSTANCE) {
    throw new BadLabdConfig([`--instance ${values.instance} is not a whole number from 1 to ${MAX_INSTANCE}`]);
  }
  return {
    instance,
    port: labdPort(instance),
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    stateFile: stateFile(instance),
    sources: values.sources,
    path: process.env['PATH'] ?? '',
  };
}
