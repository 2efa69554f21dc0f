import { utcMinute } from '@loadstair/analysis';
import { wrapped } from '@loadstair/kit';
import { isLabCommand, type Manifest } from '@loadstair/runs';

const COLUMNS = 80;
const INDENT = 9;

/** Where a run came from, the profile where it is no stored one, and how to do it again. */
export function storedLines({ run, command, imported, ownProfile }: Pick<Manifest, 'run' | 'command' | 'imported' | 'ownProfile'>): string {
  const from = imported === undefined ? '' : `from     another machine, imported ${utcMinute(new Date(imported.atMs).toISOString())}\n`;
  const profile =
    ownProfile === undefined
      ? ''
      : `${wrapped(`${ownProfile.name}: ${ownProfile.purpose}`, COLUMNS - INDENT)
          .map((line, index) => `${(index === 0 ? 'profile' : '').padEnd(INDENT)}${line}\n`)
          .join('')}file     ./lab profiles new ${ownProfile.name}.ts --from ${run}\n`;
  return `${from}${profile}${isLabCommand(command) ? `again    ${command}\n` : ''}`;
}
