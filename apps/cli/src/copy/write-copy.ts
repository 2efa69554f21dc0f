import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Problem } from '@loadstair/kit';
import { clientOver, type Call } from '@loadstair/lab-api/client';
import { copiedFile } from '@loadstair/lab-api/copied-answers';
import type { RecordedLabd } from '@loadstair/lab-client/recorded-labd';
import { copyAnswers } from './answers.ts';
import { copiedPage } from './copy-pages.ts';

/** Tells a folder that this wrote from one that holds something else. */
const MARK = 'loadstair-copy.json';

/** What a copy consists of; sizes in bytes. */
export interface WrittenCopy {
  readonly folder: string;
  readonly runs: number;
  readonly parts: readonly { readonly name: string; readonly files: number; readonly bytes: number }[];
}

/**
 * Writes the console with all that a labd answers now into a folder, for any file server.
 *
 * @param built folder where Vite built the console
 * @throws Problem when the folder holds something else, or labd does not answer
 */
export async function writeCopy({ url, key }: Pick<RecordedLabd, 'url' | 'key'>, built: string, out: string): Promise<WrittenCopy> {
  const folder = resolve(out);
  makeRoom(folder);
  const answers = counter('answers');
  const reports = counter('reports');
  const pages = counter('pages');
  const read = async (address: string): Promise<Buffer> => {
    const response = await fetch(url + address, { headers: { authorization: `Bearer ${key}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!response.ok) throw new Problem(JSON.parse(bytes.toString('utf8')) as Problem);
    return bytes;
  };
  const put = (address: string, bytes: Uint8Array): void => {
    const file = copiedFile(address);
    const isReport = file.endsWith('.html');
    write(join(folder, file), file.endsWith('.gz') ? gzipSync(bytes, { level: 9 }) : bytes, isReport ? reports : answers);
  };
  const keep = async (address: string): Promise<Buffer> => {
    const bytes = await read(address);
    put(address, bytes);
    return bytes;
  };
  const over = (answerAt: (address: string) => Promise<Buffer>): Call =>
    clientOver(async ({ address }) => JSON.parse((await answerAt(address)).toString('utf8')) as unknown);
  const copied = await copyAnswers({
    read: over(read),
    take: over(keep),
    keep: async (address) => void (await keep(address)),
    put: (address, answer) => put(address, Buffer.from(JSON.stringify(answer))),
  });
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  for (const path of new Set(copied.pages)) write(join(folder, path, 'index.html'), copiedPage(page, path), pages);
  const scripts = counter('scripts and styles');
  cpSync(join(built, 'assets'), join(folder, 'assets'), { recursive: true });
  for (const name of readdirSync(join(built, 'assets'))) scripts.add(readFileSync(join(built, 'assets', name)).length);
  return { folder, runs: copied.runs, parts: [pages, answers, reports, scripts].map(({ part }) => part()) };
}

function makeRoom(folder: string): void {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  if (there.length > 0 && !there.includes(MARK))
    throw new Problem({
      what: `${folder} is not empty.`,
      why: 'it holds something that ./lab site did not write',
      do: 'choose another folder',
      code: 'E_COPY_FOLDER',
      exit: 2,
    });
  for (const name of there) rmSync(join(folder, name), { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), `${JSON.stringify({ schema: 1, writtenBy: './lab site' })}\n`);
}

interface Counter {
  add(bytes: number): void;
  part(): WrittenCopy['parts'][number];
}

function counter(name: string): Counter {
  let [files, bytes] = [0, 0];
  return {
    add(more) {
      files += 1;
      bytes += more;
    },
    part: () => ({ name, files, bytes }),
  };
}

function write(file: string, content: string | Uint8Array, count: Counter): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  count.add(Buffer.byteLength(content));
}
