import { Problem } from '@loadstair/kit';

export interface MissingTool {
  readonly name: string;
  /** Debian's package or Go's module. */
  readonly from: string;
  readonly how: 'apt' | 'go' | 'npm';
  readonly note: string;
}

/** Tools that are not there. Exit status 6. */
export class ToolsMissing extends Problem {
  readonly missing: readonly MissingTool[];

  constructor(missing: readonly MissingTool[], why?: string, mend?: string) {
    const names = missing.map((tool) => tool.name).join(', ');
    super({
      what: missing.length === 1 ? `${names} is missing.` : `${missing.length} programs are missing: ${names}.`,
      why: why ?? 'they were not found on this machine, and their installation was declined',
      do: mend ?? 'add --yes to install them, or run the commands that ./lab doctor shows',
      code: 'E_TOOLS',
      exit: 6,
    });
    this.missing = missing;
  }
}
