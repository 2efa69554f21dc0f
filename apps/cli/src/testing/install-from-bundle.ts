/** Installs programs from a bundle, as `./lab prepare --from` does: inside a chroot without a network. */
import { provideTools } from '@loadstair/runtime';
import { unpackBundle, workFolder } from '@loadstair/runtime/bundle';
import { processIo } from '@loadstair/terminal-view/io';

const io = processIo({ environment: {}, noColor: true, noInput: true, debug: false });
const [file = '', labFolder = '', path = '', ...names] = process.argv.slice(2);
const { source } = await unpackBundle(file, workFolder(labFolder), '/repo');
const onProgress = (text: string, state: string): void => io.err.write(`${state} ${text}\n`);
await provideTools(names, { repoFolder: '/repo', labFolder, path, install: { agree: async () => true, onProgress, bundle: source } });
