import { utcMinute } from '@loadstair/analysis';
import { isLabCommand, type Manifest } from '@loadstair/runs';

/** Where a run came from, and how to do it again. */
export function storedLines({ command, imported }: Pick<Manifest, 'command' | 'imported'>): string {
  const from = imported === undefined ? '' : `from     another machine, imported ${utcMinute(new Date(imported.atMs).toISOString())}\n`;
  return `${from}${isLabCommand(command) ? `again    ${command}\n` : ''}`;
}
