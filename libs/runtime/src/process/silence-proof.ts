import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Placement } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import { quoted } from './confine.ts';
import { groups } from './groups.ts';
import { tableName } from './isolation.ts';
import { applyRules } from './nft.ts';

const run = promisify(execFile);

/** Nobody listens there (RFC 863, discard). */
const PORT = 9;
const CHAIN = 'silence_proof';
const SEND = `const socket = require('node:dgram').createSocket('udp4'); socket.send('.', ${PORT}, process.argv[1], () => socket.close());`;

/** A rule that matches what programs of a control group send, however deep below it they are. */
export function sentFrom(group: string, tree: string): string {
  return `socket cgroupv2 level ${group.split('/').length} "${tree}"`;
}

/**
 * Whether rules by control group match what is sent from one here: older kernels count levels from the machine's root, also
 * inside a container that sees its own group as the root. One packet is sent from a group made for it, and counted.
 */
export async function rulesKnowGroups(nft: string, cgroups: Cgroups, { instance, labAddress }: Placement): Promise<boolean> {
  const group = groups.silenceProof(instance);
  const tree = cgroups.unifiedPath(group);
  if (tree === null) return false;
  const table = `ip ${tableName(instance)}`;
  const component = `${group}/program`;
  cgroups.create(component);
  try {
    await applyRules(
      nft,
      `table ${table} { chain ${CHAIN} {
    type filter hook output priority -10; policy accept;
    ${sentFrom(group, tree)} ip daddr ${labAddress} udp dport ${PORT} counter
  }
}
`,
    );
    const joins = cgroups.joinFiles(component).map((file) => `echo $$ > ${quoted(file)}`);
    await run('/bin/sh', ['-c', [...joins, 'exec "$@"'].join(' && '), 'sh', process.execPath, '-e', SEND, labAddress]);
    const { stdout } = await run(nft, ['list', 'chain', ...table.split(' '), CHAIN]);
    return /counter packets [1-9]/.test(stdout);
  } catch {
    // What the rules or the program could not do here, a power loss cannot either.
    return false;
  } finally {
    await run(nft, ['delete', 'chain', ...table.split(' '), CHAIN]).catch(() => {
      // It was refused before.
    });
    await cgroups.destroy(group);
  }
}
