import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { labdPort } from '@loadstair/topology';

/** What labd is told when it starts. */
export interface LabdConfig {
  readonly instance: number;
  readonly port: number;
  readonly repoFolder: string;
  readonly labFolder: string;
  readonly stateFile: string;
  /** Stamp of the sources, kept in the state file for clients. */
  readonly sources: string;
  /** Where programs are looked for. */
  readonly path: string;
}

export class BadLabdConfig extends Error {
  constructor(problems: readonly string[]) {
    super(`labd cannot start: ${problems.join('; ')}. It is started by ./lab; see ./lab --help.`);
    this.name = 'BadLabdConfig';
  }
}

const MAX_INSTANCE = 120;

export function configFrom(argv: readonly string[]): LabdConfig {
  const { values } = parseArgs({
    args: [...argv],
    options: { instance: { type: 'string', default: '1' }, sources: { type: 'string', default: '' } },
  });
  const instance = Number(values.instance);
  if (!Number.isInteger(instance) || instance < 1 || instance > MAX_INSTANCE) {
    throw new BadLabdConfig([`--instance ${values.instance} is not a whole number from 1 to ${MAX_INSTANCE}`]);
  }
  const repoFolder = resolve(import.meta.dirname, '../../..');
  const labFolder = join(repoFolder, '.lab');
  return {
    instance,
    port: labdPort(instance),
    repoFolder,
    labFolder,
    stateFile: join(labFolder, 'instances', String(instance), 'labd.json'),
    sources: values.sources,
    path: process.env['PATH'] ?? '',
  };
}
