import { chmodSync, existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** First words of the second line of our file: by them a later command knows that it may take the file away. */
const MARK = '# loadstair:';
const STUB = `#!/bin/sh
${MARK} no service starts while packages are installed. The next ./lab command takes this file away.
exit 101
`;
/** What earlier versions wrote, without a mark. */
const OLD_STUB = '#!/bin/sh\nexit 101\n';

/**
 * Packages ask this file whether a service may start (Debian policy, invoke-rc.d); status 101 says no. The user's own file
 * is kept aside under a second name. Each step is one rename or link, so that a kill at any moment leaves a state that
 * `takeAwayPolicy` mends.
 */
export interface PolicyFile {
  readonly file: string;
  readonly aside: string;
}

export function policyFileBelow(root: string): PolicyFile {
  const file = `${root}/usr/sbin/policy-rc.d`;
  return { file, aside: `${file}.loadstair-aside` };
}

/** Puts our file in place of the user's, which is kept aside. */
export function putPolicy(policy: PolicyFile): void {
  takeAwayPolicy(policy);
  const { file, aside } = policy;
  const fresh = `${file}.loadstair-new`;
  writeFileSync(fresh, STUB);
  // A umask may have cut the mode, and packages must be able to run it.
  chmodSync(fresh, 0o755);
  // A second name first: at no moment is there a machine without its file.
  if (existsSync(file)) linkSync(file, aside);
  renameSync(fresh, file);
}

/** Takes our file away and puts the user's back. Returns whether anything had to be done. */
export function takeAwayPolicy(policy: PolicyFile): boolean {
  const { file, aside } = policy;
  rmSync(`${file}.loadstair-new`, { force: true });
  const kept = existsSync(aside);
  if (isOurs(file, kept)) {
    if (kept && !isOurs(aside, false)) renameSync(aside, file);
    else {
      rmSync(file);
      rmSync(aside, { force: true });
    }
    return true;
  }
  if (!kept) return false;
  if (!existsSync(file)) renameSync(aside, file);
  // Two names of one file: rename(2) would leave both.
  else if (statSync(aside).ino === statSync(file).ino) rmSync(aside);
  // Somebody has written a new file meanwhile: it stands, and the earlier one is not lost.
  else renameSync(aside, `${file}.loadstair-earlier`);
  return true;
}

/** A file without our mark is ours only if it is what an earlier version wrote and the user's file lies beside it. */
function isOurs(file: string, kept: boolean): boolean {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  return text.split('\n')[1]?.startsWith(MARK) === true || (kept && text === OLD_STUB);
}
