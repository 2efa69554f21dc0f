import { findingsOf, mendCommand, missingOf, toolOf } from '@loadstair/runtime';
import { neededTools, stages, toolNeededBy } from '@loadstair/stages';
import type { HealthAnswer } from '@loadstair/lab-api';

/** The doctor's table. */
export async function healthReading(where: { readonly labFolder: string; readonly path: string }): Promise<HealthAnswer> {
  const findings = await findingsOf(where);
  return {
    tools: findings.tools.map((report) => ({
      report,
      neededBy: toolNeededBy(toolOf(report.name), stages),
      mend: mendCommand(report.name),
    })),
    rights: findings.rights,
    missing: missingOf(findings, neededTools(stages)),
  };
}
