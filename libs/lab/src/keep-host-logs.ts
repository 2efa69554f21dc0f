import type { RunWriter } from '@loadstair/runs';
import type { SiteSession } from './site-session.ts';

/** Keeps what the hosts of a site have logged since a run began, as far as it is a warning or an error. */
export function keepHostLogs(writer: Pick<RunWriter, 'copyLogs' | 'events'>, { site }: Pick<SiteSession, 'site'>): void {
  writer.copyLogs(
    site.hosts().map(({ name }) => ({ host: name, file: site.logFile(name) })),
    writer.events[0]?.atMs ?? 0,
  );
}
