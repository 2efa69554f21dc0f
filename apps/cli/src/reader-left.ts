import type { EventEmitter } from 'node:events';

/** What of a process is needed to end it as Ctrl-C does. */
export type Self = Pick<NodeJS.Process, 'pid' | 'exit' | 'listenerCount' | 'kill'>;

/**
 * `./lab … | head`: the reader has left, and whatever is written more goes nowhere. A command that has begun something stops it as
 * for a signal; any other ends quietly.
 */
export function endWhenReaderLeaves(streams: readonly Pick<EventEmitter, 'on'>[], self: Self): void {
  let left = false;
  const onError = (error: NodeJS.ErrnoException): void => {
    if (left) return;
    left = true;
    if (self.listenerCount('SIGTERM') > 0) self.kill(self.pid, 'SIGTERM');
    else self.exit(error.code === 'EPIPE' ? 0 : 1);
  };
  for (const stream of streams) stream.on('error', onError);
}
