import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_NO_BUDGETS: {
    means: 'The lab cannot set CPU limits here, and without them its measurements mean nothing.',
    mend: 'Run as root. `./lab doctor limits` says what is missing. Without root there are recorded runs, and containers: `docker compose up`. `--unbudgeted` runs without limits and gives no verdict.',
  },
  E_NO_DISK_DEVICE: {
    means:
      'The disk of the hosts cannot be slowed down here: the checkout is on overlay, tmpfs or another file system without a disk of its own.',
    mend: 'Put the checkout on ext4 or xfs, or leave the disk fault out.',
  },
  E_NO_REPLICA: {
    means: 'No replica can take the place of the primary, because none is running.',
    mend: 'Add one with `./lab scale TIER 1`; the error names the tier.',
  },
  E_TAKES_WRITES: {
    means: 'The host is the primary and cannot simply be replaced: no other host may have all its data.',
    mend: 'Promote a replica first: `./lab failover`.',
  },
  E_NO_DISTANCE: {
    means: 'Distances and slow links need a firewall rule here, and the lab cannot set it.',
    mend: 'Run `./lab doctor isolation`.',
  },
  E_NO_USER_IDS: {
    means: 'Each server needs its own system user, and too few user ids are mapped here.',
    mend: 'Use a container or machine that maps at least the user ids 0 to 65535.',
  },
  E_FILES: {
    means: 'The hard limit of open files is too low for a program of the lab.',
    mend: 'As root, in the same shell: `ulimit -Hn NUMBER`, with the number that the error gives.',
  },
  E_OUT_OF_MEMORY: {
    means: 'A host did not start, because the kernel ended a program that needed more memory than the host has.',
    mend: 'Give the host more memory, as the error suggests: `--set TIER.memory=MIB`.',
  },
  E_PORT_TAKEN: {
    means: 'Another program listens on a port that the lab needs. The error names it.',
    mend: 'Use another instance (`--instance N`), or stop that program.',
  },
  E_UNSAFE_FOLDER: {
    means: 'A folder that the lab uses has a different owner or different permissions from those that the lab set.',
    mend: 'Look at the folder that the error names, then remove it.',
  },
  E_OVER_COMMITTED: {
    means: 'The hosts of this topology could together use more CPU than the lab may use on this machine.',
    mend: 'Use fewer or smaller hosts, or a machine with more cores.',
  },
  E_CANNOT_SCALE: {
    means: 'The number of hosts of this tier cannot change while the site runs: no balancer spreads work over its hosts.',
    mend: 'Set the number at the start: `--set TIER.count=N`.',
  },
  E_NO_SPACE: {
    means: 'The disk has too little room for a site and a run.',
    mend: 'Run `./lab prune` to see what can be removed, or make room.',
  },
  E_NOT_A_BUNDLE: {
    means: 'The file was not written by `./lab prepare --bundle`, or it is damaged. Nothing was installed from it.',
    mend: 'Copy it again, and compare its SHA-256 with the one that was printed when it was made.',
  },
  E_OTHER_BUNDLE: {
    means: 'The bundle is for another version of the lab, another kind of machine, or another release of Debian.',
    mend: 'Make one that fits: `./lab prepare --all --bundle FILE`, in this version, on a machine like this one.',
  },
  E_BUNDLE_INCOMPLETE: {
    means: 'A part of a bundle could not be fetched or written, so no bundle was made.',
    mend: 'Follow the error: it names the part.',
  },
  E_NOT_UNINSTALLED: {
    means: 'Some packages that the lab had installed are still there: dpkg did not remove them. The install journal keeps them.',
    mend: 'Read `.lab/log/apt.log`, then run `./lab uninstall` again.',
  },
  E_TOOLS: {
    means: 'Programs that the lab needs are missing, and nobody agreed to install them, or installing failed.',
    mend: 'Add `--yes`, or run the commands that `./lab doctor` prints.',
  },
} as const satisfies Codes;
