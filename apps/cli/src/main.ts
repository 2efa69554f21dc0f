import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { endWhenReaderLeaves } from './reader-left.ts';

endWhenReaderLeaves([process.stdout, process.stderr], process);

// Before the modules it keeps are loaded: without it, half of a command's time is compiling what has not changed.
enableCompileCache(join(LAB_FOLDER, 'cache', 'compiled'));
const { program } = await import('./program.ts');
process.exitCode = await program(process.argv.slice(2), process.env);
