import { Problem } from '@loadstair/kit';
import type { ComponentKind, PlacedHost } from '@loadstair/topology';

/** A host that did not start because the kernel ended a program of it: its memory was too small. */
export class OutOfMemory extends Problem {
  constructor({ name, tier, tierSpec }: PlacedHost, kind: ComponentKind) {
    super({
      what: `${name} is out of memory.`,
      why: `the kernel killed ${kind} on this host, which has ${tierSpec.memoryMiB} MiB`,
      do: `--set ${tier}.memory=${2 * tierSpec.memoryMiB}`,
      code: 'E_OUT_OF_MEMORY',
      exit: 2,
    });
  }
}
