import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { create } from 'tar';
import { isRunFile } from '../foreign/unpack-run.ts';
import { FILES, type OpenedRun } from '../run-folder.ts';

/** What the file of a recorded run ends in. */
export const PACKED = '.tar.br';
/** The raw samples, which no page shows and of which everything else is made. */
const LEFT_OUT: readonly string[] = [FILES.samples, FILES.label];

/**
 * A run in one small file, for the repository: what was measured is as it was. Left out are the raw samples and what its owner wrote
 * beside it; the report is made anew. The checkout that it was measured in is named nowhere.
 *
 * @returns bytes of the file, the same for the same run
 */
export async function packRecorded(run: OpenedRun): Promise<Buffer> {
  const temporary = mkdtempSync(join(tmpdir(), 'loadstair-record-'));
  try {
    const copy = join(temporary, run.id);
    mkdirSync(copy);
    const files = filesOf(run.folder);
    const checkout = checkoutOf(run);
    for (const file of files) {
      cpSync(join(run.folder, file), join(copy, file));
      if (checkout !== null) withoutPath(join(copy, file), checkout);
    }
    const archive = join(temporary, 'run.tar');
    const mtime = new Date(run.manifest.startedAt);
    await create(
      { file: archive, cwd: temporary, portable: true, mtime },
      files.map((file) => `${run.id}/${file}`),
    );
    const bytes = readFileSync(archive);
    return brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** With `/` between folder and file, in order. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => isRunFile(path) && !LEFT_OUT.includes(path))
    .toSorted();
}

/** Its last event names the report by the whole path. */
function checkoutOf({ folder }: OpenedRun): string | null {
  const events = readFileSync(join(folder, FILES.events), 'utf8');
  return /"report":"([^"]+)\/\.lab\/runs\/[0-9a-z]+\/report\.html"/.exec(events)?.[1] ?? null;
}

/** Paths become relative to the checkout. */
function withoutPath(file: string, checkout: string): void {
  const text = readFileSync(file, 'utf8');
  if (text.includes(checkout)) writeFileSync(file, text.replaceAll(`${checkout}/`, '').replaceAll(checkout, '.'));
}
