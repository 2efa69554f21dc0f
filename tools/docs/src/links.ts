import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { REPOSITORY, type TextFile } from './repository.ts';

/** A link that leads nowhere. */
export interface DeadLink {
  readonly from: string;
  readonly to: string;
}

/** Relative links of a Markdown file that lead to no file, or to no heading of it. */
export function deadLinks({ path, text }: TextFile): DeadLink[] {
  return [
    ...withoutCode(text)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)|<img[^>]* src="(?!https?:)([^"]+)"/g),
  ]
    .map(([, link, picture]) => link ?? picture ?? '')
    .filter((link) => !leadsSomewhere(path, link))
    .map((to) => ({ from: path, to }));
}

/** Paths of documents that a text names and that are not there, such as those in a comment. */
export function deadMentions({ path, text }: TextFile): DeadLink[] {
  return [...text.matchAll(/(?<![\w./-])docs\/[\w./-]+\.(?:md|svg|png)/g)]
    .map(([to]) => to)
    .filter((to) => !existsSync(join(REPOSITORY, to)))
    .map((to) => ({ from: path, to }));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(REPOSITORY, target))) return false;
  return heading === undefined || anchorsOf(readFileSync(join(REPOSITORY, target), 'utf8')).includes(heading);
}

/** Anchors that a code forge gives to headings: lower case, spaces as dashes, other marks left out. */
export function anchorsOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1$/gm, '');
}
