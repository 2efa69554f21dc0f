/** Installs programs as a command does before it starts a lab: the part that a test interrupts, inside a chroot. */
import { provideTools } from '@loadstair/runtime';
import { processIo } from '@loadstair/terminal-view/io';
import { onInterrupt } from '../interruption.ts';

const io = processIo({ environment: {}, noColor: true, noInput: true, debug: false });
const [labFolder = '', path = '', ...names] = process.argv.slice(2);
const stopping = new AbortController();
const interruption = onInterrupt(io, 'Stopping.');
interruption.stopWith(async () => stopping.abort());
try {
  await provideTools(names, {
    repoFolder: '/repo',
    labFolder,
    path,
    install: {
      agree: async () => true,
      onProgress: (text, state) => io.err.write(`${state} ${text}\n`),
      signal: stopping.signal,
    },
  });
} catch (error) {
  if (interruption.status() === null) throw error;
}
interruption.end();
process.exitCode = interruption.status() ?? 0;
