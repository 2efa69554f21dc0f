import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { configFrom } from './config.ts';

const config = configFrom(process.argv.slice(2));
// Before the modules it keeps are loaded: without it, half of a start is compiling what has not changed.
enableCompileCache(join(config.labFolder, 'cache', 'compiled'));
const { startLabd } = await import('./labd.ts');
const labd = await startLabd(config, end);

function end(): void {
  void labd.stop().then(() => process.exit(0));
}

process.on('SIGTERM', end);
process.on('SIGINT', end);
// The terminal that started labd may close; the lab ends only when it is asked to.
process.on('SIGHUP', () => {});
