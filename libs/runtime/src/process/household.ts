import type { Secrets, ToolPaths } from '@loadstair/components';
import type { Cgroups } from '../budgets/cgroups.ts';
import type { StartOptions } from '../driver.ts';
import { userIds, type UserIds } from './identity.ts';
import { instanceRunFolder } from './private-folder.ts';
import { installationOf, privateView } from './private-view.ts';
import { makeSecrets } from './secrets.ts';
import { Silence } from './silence.ts';

/** What all hosts of one start share. */
export interface Household {
  /** Null where the lab does not run as root, and all run as who started it. */
  readonly ids: UserIds | null;
  /** Folder of all local sockets of the instance. */
  readonly runFolder: string;
  readonly secrets: Secrets;
  /** Shell commands that give a program of the lab its view of the files; empty for everybody's. */
  readonly view: readonly string[];
  /** Makes hosts that lose power silent. */
  readonly silence: Silence;
  /** Whether nobody but the lab and its clients reaches anything of it. */
  readonly keepsOut: () => boolean;
}

export function makeHousehold(options: StartOptions, cgroups: Cgroups | null, keepsOut: () => boolean): Household {
  const root = process.getuid?.() === 0;
  const runFolder = instanceRunFolder(options.instance);
  return {
    ids: root ? userIds(options.instance) : null,
    runFolder,
    secrets: makeSecrets(),
    view: root ? privateView([options.repoFolder, ...installations(options.tools)], `${runFolder}/view`) : [],
    silence: new Silence(options.tools['nft'], cgroups, keepsOut),
    keepsOut,
  };
}

/** Folders of all programs that hosts run. */
function installations(tools: ToolPaths): string[] {
  return [...Object.values(tools), process.execPath].map(installationOf);
}
