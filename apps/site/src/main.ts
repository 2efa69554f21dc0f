import { readEnv, startProgram, untilAskedToStop } from '@loadstair/program';
import { configFrom } from './config.ts';

const config = configFrom(readEnv());
const program = await startProgram('site', config.program);
// Only now: tracing instruments modules as they are loaded.
const { startSite } = await import('@loadstair/photo-site');
const site = await startSite(config.site, program);

await untilAskedToStop();
await site.stop();
await program.stop();
process.exit(0);
