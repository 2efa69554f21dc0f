import type { ComponentKind, PlacedHost } from '@loadstair/topology';

/** A host that did not start because the kernel ended a program of it: its memory was too small. */
export class OutOfMemory extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_OUT_OF_MEMORY';
  readonly exit = 2;
  constructor({ name, tier, tierSpec }: PlacedHost, kind: ComponentKind) {
    super(`${name} is out of memory.`);
    this.name = 'OutOfMemory';
    this.what = `${name} is out of memory.`;
    this.why = `the kernel ended ${kind} there; the host has ${tierSpec.memoryMiB} MiB`;
    this.do = `--set ${tier}.memory=${2 * tierSpec.memoryMiB}`;
  }
}
