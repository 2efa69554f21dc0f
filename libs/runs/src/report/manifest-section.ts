import type { RunData } from '@loadstair/analysis';
import { html, incidents, type Html } from '@loadstair/report-view';
import type { RunEvent } from '../events.ts';
import { isLabCommand } from '../foreign/lab-command.ts';
import type { Manifest } from '../manifest.ts';

/** What ran, and the command that does it again. */
export function manifestSection(manifest: Manifest): Html {
  return html`<details>
    <summary>Manifest</summary>
    ${isLabCommand(manifest.command) ? html`<p>Repeat it with <code>${manifest.command}</code></p>` : null}
    <pre>${JSON.stringify(manifest, null, 2)}</pre>
  </details>`;
}

/** What befell hosts while load ran. */
export function hostNotes(run: RunData, events: readonly RunEvent[], startMs: number | null = null): Html {
  return incidents(
    run,
    events.filter((event) => event.type === 'host'),
    startMs,
  );
}
