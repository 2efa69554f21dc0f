import type { ToolName } from '@loadstair/components';

export interface MissingTool {
  readonly name: ToolName;
  /** Debian's package or Go's module. */
  readonly from: string;
  readonly how: 'apt' | 'go' | 'npm';
  readonly note: string;
}

/** Tools that are not there. Exit status 6. */
export class ToolsMissing extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_TOOLS';
  readonly exit = 6;
  constructor(missing: readonly MissingTool[], why?: string, mend?: string) {
    const names = missing.map((tool) => tool.name).join(', ');
    super(`Missing: ${names}.`);
    this.name = 'ToolsMissing';
    this.what = missing.length === 1 ? `${names} is missing.` : `${missing.length} programs are missing: ${names}.`;
    this.why = why ?? 'they were not found on this machine, and installing was not agreed to';
    this.do = mend ?? 'add --yes to install them, or run the commands of ./lab doctor';
  }
}
