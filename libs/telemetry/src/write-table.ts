import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricsTable } from './names.ts';

writeFileSync(join(import.meta.dirname, '../../../docs/reference/telemetry.md'), metricsTable());
