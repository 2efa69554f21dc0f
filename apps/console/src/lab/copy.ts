import { copiedFile } from '@loadstair/lab-api/copied-answers';
import { LabError, type Failure } from './lab-error.ts';

/** A copy of the console that `./lab site` wrote: its answers are files, and nothing can be changed. */
export interface Copy {
  /** Path of its root, without the slash at its end: empty at the root of a host. */
  readonly base: string;
}

/** Undefined before the page was looked at, null where labd serves it. */
let found: Copy | null | undefined;

/** The copy that this page belongs to; null where labd serves it. The first call must come before the address changes. */
export function copy(): Copy | null {
  if (found === undefined) found = typeof document === 'undefined' ? null : copyIn(document, location.href);
  return found;
}

/** @param href address of the page as it was loaded */
export function copyIn(page: Pick<Document, 'querySelector'>, href: string): Copy | null {
  const root = page.querySelector('meta[name="loadstair-copy"]')?.getAttribute('content');
  if (root === null || root === undefined) return null;
  return { base: new URL(root, href).pathname.replace(/\/$/, '') };
}

/** Where an address of labd is found from this page. */
export function hrefOf(address: string, kept: Copy | null = copy()): string {
  return kept === null ? address : `${kept.base}/${copiedFile(address)}`;
}

/** Addresses of pages in markup that was made for labd's root. */
export function withLinksOf(markup: string, kept: Copy | null = copy()): string {
  return kept === null ? markup : markup.replaceAll(/ href="\/(?!\/)/g, ` href="${kept.base}/`);
}

/** A page of the copy may have been asked for with a slash at its end, because a file server keeps it as a folder. */
export function withoutLastSlash(path: string, kept: Copy): string {
  return path === `${kept.base}/` ? path : path.replace(/\/$/, '');
}

export const NO_SERVER: Failure = {
  kind: 'problem',
  status: 0,
  problem: {
    what: 'Nothing can be started or changed here: this is a copy without a server.',
    why: '',
    do: './lab console --recorded shows the same runs with a server',
    code: 'E_NO_SERVER',
    exit: 2,
  },
};

const GZIP = [0x1f, 0x8b] as const;

/** The text of a file of the copy. Some file servers unpack what they send, most do not. */
export async function textOf(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (GZIP.some((byte, index) => bytes[index] !== byte)) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/** The copy has no file for an address. */
export function notCopied(): LabError {
  return new LabError({
    kind: 'problem',
    status: 404,
    problem: {
      what: 'This copy does not have the answer to that.',
      why: 'it has no server that could search or calculate',
      do: './lab console --recorded has',
      code: 'E_NOT_COPIED',
      exit: 2,
    },
  });
}
