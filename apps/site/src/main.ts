import { createLogger, startTracing } from '@loadstair/telemetry';
import { configFrom, readEnv } from './config.ts';

const config = configFrom(readEnv());
const log = createLogger({ host: config.host, component: 'site' });
// Before the modules it instruments are loaded.
const tracing = config.otlp === null ? null : startTracing({ endpoint: config.otlp, host: config.host, service: 'site' });
const { startSite } = await import('@loadstair/photo-site');
const site = await startSite(config, log);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    void site
      .stop()
      .then(() => tracing?.stop())
      .then(() => process.exit(0));
  });
}
