import { pino, type Logger } from 'pino';
import { traceFields } from './tracing.ts';

export type { Logger };

/** JSON lines on standard output; the driver keeps one file a host. Lines written inside a sampled request carry its trace. */
export function createLogger(options: { readonly host: string; readonly component: string; readonly level?: string }): Logger {
  return pino({
    level: options.level ?? 'info',
    base: { host: options.host, component: options.component },
    mixin: traceFields,
  });
}
