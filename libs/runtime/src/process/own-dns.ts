import { copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { quoted } from './confine.ts';

const RESOLV_CONF = '/etc/resolv.conf';
/** What else in /etc a client looks at when it looks a name up. */
const BESIDE = ['hosts', 'nsswitch.conf', 'host.conf'];
const MOST_LINKS = 8;

/**
 * Shell commands that give a program in a mount namespace of its own another list of name servers. Where the machine's list is a link that
 * leads nowhere, or is not there at all, nothing can be mounted on it: then a folder that holds it is mounted on the innermost folder that is.
 *
 * @param file the list
 * @param folder of the lab, where that folder is made
 */
export function ownDns(file: string, folder: string, resolvConf = RESOLV_CONF): readonly string[] {
  if (existsSync(resolvConf)) return [`mount --bind ${quoted(file)} ${quoted(realpathSync(resolvConf))}`];
  let target = endOfLinks(resolvConf);
  let onto = firstFolderOf(target);
  if (onto === '/') {
    // What is mounted on / is not seen by a program whose root that is already: the link itself gives way to the list.
    target = resolvConf;
    onto = dirname(resolvConf);
  }
  rmSync(folder, { recursive: true, force: true });
  const place = join(folder, relative(onto, target));
  mkdirSync(dirname(place), { recursive: true });
  copyFileSync(file, place);
  for (const name of BESIDE) if (existsSync(join(onto, name))) copyFileSync(join(onto, name), join(folder, name));
  return [`mount --bind ${quoted(folder)} ${quoted(onto)}`];
}

/** The innermost of a path's folders that is there. */
function firstFolderOf(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

/** Where a path leads, although nothing is there. */
function endOfLinks(path: string): string {
  let end = path;
  for (let links = 0; links < MOST_LINKS && isLink(end); links += 1) {
    const next = readlinkSync(end);
    end = isAbsolute(next) ? next : join(dirname(end), next);
  }
  return end;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
