import type { ReactNode } from 'react';
import type { RunData } from '@loadstair/analysis';
import { failuresTable } from '@loadstair/report-view';
import { Shared } from './shared.tsx';

/** Why requests failed, with the log lines of examples; nothing where none failed. */
export function Failures({ run, runData }: { readonly run: string; readonly runData: RunData }): ReactNode {
  const table = failuresTable(runData, (trace) => `/runs/${run}/logs?trace=${trace}`);
  if (table === null) return null;
  return (
    <details id="failures" open>
      <summary>Why requests failed</summary>
      <Shared part={table} />
    </details>
  );
}
