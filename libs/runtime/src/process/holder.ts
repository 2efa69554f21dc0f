import { readdirSync, readlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { readTextOr } from '@loadstair/kit/node';

export type Protocol = 'tcp' | 'udp';

/** Who has a port: a program on one address, or on every address. */
export interface Holder {
  /** Pid, program and user, as far as /proc tells us. */
  readonly program: string;
  readonly everywhere: boolean;
}

interface Socket {
  readonly inode: string;
  readonly everywhere: boolean;
}

/** Who has a port on an address, or the port on every address. */
export function holderOf(address: string, port: number, protocol: Protocol): Holder {
  const sockets = socketsAt(address, port, protocol);
  const everywhere = sockets.some((socket) => socket.everywhere);
  const inodes = new Set(sockets.map(({ inode }) => `socket:[${inode}]`));
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const holds = readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
      if (!holds) continue;
      const owner = /^Uid:\s+(\d+)/m.exec(readTextOr(`/proc/${pid}/status`, ''))?.[1];
      const own = userInfo();
      const user = owner === String(own.uid) ? `user ${own.username}` : `uid ${owner}`;
      return { program: `pid ${pid} (${programOf(pid)}, ${user})`, everywhere };
    } catch {
      // Ended meanwhile, or not ours to look into.
    }
  }
  return { program: 'another program', everywhere };
}

/** `0A` is a TCP socket that listens; a UDP socket that is bound is `07` (include/net/tcp_states.h). */
const BOUND: Readonly<Record<Protocol, string>> = { tcp: '0A', udp: '07' };

function socketsAt(address: string, port: number, protocol: Protocol): Socket[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  // An IPv4 address stands there as its bytes backwards (man 5 proc); all zeros is every address.
  const hexAddress = address
    .split('.')
    .map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, '0'))
    .toReversed()
    .join('');
  return [`/proc/net/${protocol}`, `/proc/net/${protocol}6`]
    .flatMap((file) => readTextOr(file, '').split('\n'))
    .flatMap((line) => {
      const cells = line.trim().split(/\s+/);
      const [local = '', state, inode = ''] = [cells[1], cells[3], cells[9]];
      if (state !== BOUND[protocol] || !local.endsWith(`:${hexPort}`)) return [];
      const where = local.slice(0, -hexPort.length - 1);
      // As an IPv6 socket sees IPv4: ::ffff:0:0/96; ::ffff:0.0.0.0 is every IPv4 address.
      const plain = /^0{16}FFFF0000(.{8})$/.exec(where)?.[1] ?? where;
      const everywhere = /^0+$/.test(plain);
      return everywhere || plain === hexAddress ? [{ inode, everywhere }] : [];
    });
}

/** Name of the program's file: threads may have renamed themselves (Node calls its first one MainThread). */
function programOf(pid: string): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return readTextOr(`/proc/${pid}/comm`, '').trim();
  }
}
