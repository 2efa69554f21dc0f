import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PORTS, type Placement } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import type { StartOptions } from '../driver.ts';
import { burnerSpecs } from './burners.ts';
import { addDistance, distanceProxySpec } from './distance.ts';
import { startDns, type StartedDns } from './dns.ts';
import { groups, LAB_PARTS, type LabPart } from './groups.ts';
import { isolateClients, removeIsolation, type Isolation } from './isolation.ts';
import { cleanLeftovers } from './leftovers.ts';
import { processCpuSeconds, residentBytes } from './read-machine.ts';
import { openHostLog, startInGroups, type SupervisedProcess } from './supervisor.ts';
import { zoneOf } from './zone.ts';

/**
 * What the lab itself runs beside the hosts of one instance: name server, isolation of clients, distances, burners, and the
 * control groups of its own programs.
 */
export class LabPrograms {
  readonly #options: StartOptions;
  readonly #cgroups: Cgroups | null;
  readonly #folder: string;
  readonly #processes: SupervisedProcess[] = [];
  readonly #burners: SupervisedProcess[] = [];
  readonly #pids = new Map<LabPart, number>();
  #log: ReturnType<typeof openHostLog> | null = null;
  #dns: StartedDns | null = null;
  #isolation: Isolation = { state: 'off', reason: 'not started' };

  /** @param folder the instance's own folder */
  constructor(options: StartOptions, cgroups: Cgroups | null, folder: string) {
    this.#options = options;
    this.#cgroups = cgroups;
    this.#folder = folder;
  }

  get isolation(): Isolation {
    return this.#isolation;
  }

  /** Removes what an instance that was killed left behind, and makes the groups of the lab's own programs. */
  async prepare(): Promise<void> {
    const { instance, tools } = this.#options;
    mkdirSync(this.#folder, { recursive: true });
    if (this.#cgroups === null) return;
    await cleanLeftovers(this.#cgroups, instance, tools.nft);
    for (const part of LAB_PARTS) this.#cgroups.create(groups.lab(instance, part));
    this.#cgroups.setIdle(groups.lab(instance, 'burners'));
  }

  /** Names, isolation and distances: what hosts and clients need before the first host starts. */
  async start(placement: () => Placement, signal: AbortSignal): Promise<void> {
    const { tools } = this.#options;
    const { labAddress, hosts } = placement();
    this.#dns = await startDns(labAddress, PORTS.dns, zoneOf(placement));
    writeFileSync(join(this.#folder, 'resolv.conf'), `nameserver ${labAddress}\noptions timeout:2 attempts:2\n`);
    this.#isolation = await isolateClients(tools.nft, placement());
    if (hosts.every((host) => host.tierSpec.distanceMs === 0)) return;
    if (tools.toxiproxy === undefined) throw new Error('A distance needs toxiproxy; ./lab doctor shows how to get it.');
    this.#processes.push(this.#startProgram('proxies', distanceProxySpec(tools.toxiproxy, placement(), this.#folder)));
    for (const host of hosts) await addDistance(placement(), host, signal);
  }

  burn(): void {
    if (this.#burners.length > 0) return;
    this.#burners.push(...burnerSpecs(this.#folder).map((spec) => this.#startProgram('burners', spec)));
  }

  async rest(): Promise<void> {
    await Promise.all(this.#burners.splice(0).map((one) => one.stop('SIGKILL', 0)));
  }

  /** A client program in the clients' group, with the lab's DNS as its own. */
  clientCommand(command: string, args: readonly string[]): { command: string; args: string[] } {
    const joins = this.#joinFiles('clients').map((file) => `echo $$ > '${file}'`);
    const ownDns = `mount --bind '${join(this.#folder, 'resolv.conf')}' /etc/resolv.conf`;
    const script = [...joins, ownDns, 'exec "$@"'].join(' && ');
    return { command: 'unshare', args: ['--mount', '--propagation', 'private', '/bin/sh', '-c', script, 'sh', command, ...args] };
  }

  /** Puts a program that somebody else started into its part's group, so that its cost can be read. */
  adopt(part: LabPart, pid: number): void {
    this.#pids.set(part, pid);
    for (const file of this.#joinFiles(part)) writeFileSync(file, String(pid));
  }

  cpuSeconds(): Record<string, number> {
    return Object.fromEntries(LAB_PARTS.map((part) => [part, this.#cpuSecondsOf(part)]));
  }

  memory(): Record<string, number> {
    return Object.fromEntries(
      LAB_PARTS.map((part) => {
        const own = this.#pids.get(part);
        const pids = this.#cgroups?.processes(groups.lab(this.#options.instance, part)) ?? (own === undefined ? [] : [own]);
        return [part, pids.reduce((sum, pid) => sum + residentBytes(pid), 0)] as const;
      }),
    );
  }

  /** Ends the programs and removes groups, mounts and rules; hosts must have ended before. */
  async stop(): Promise<void> {
    await Promise.all([this.rest(), ...this.#processes.map((one) => one.stop('SIGKILL', 0))]);
    await this.#dns?.stop();
    const { instance, tools } = this.#options;
    if (this.#cgroups === null) return removeIsolation(tools.nft, instance);
    this.#releaseOurselves(this.#cgroups);
    await cleanLeftovers(this.#cgroups, instance, tools.nft);
  }

  #startProgram(part: LabPart, spec: Parameters<typeof startInGroups>[0]): SupervisedProcess {
    this.#log ??= openHostLog(join(this.#folder, 'lab.log'), 'lab');
    return startInGroups(spec, this.#joinFiles(part), this.#log, part, (detail) =>
      this.#options.onEvent({ atMs: Date.now(), host: part, kind: 'lab-program-died', detail }),
    );
  }

  #joinFiles(part: LabPart): readonly string[] {
    return this.#cgroups?.joinFiles(groups.lab(this.#options.instance, part)) ?? [];
  }

  /** labd moves itself back to the root groups, so that its own group can go. */
  #releaseOurselves(cgroups: Cgroups): void {
    for (const file of cgroups.joinFiles('.')) {
      try {
        writeFileSync(file, String(process.pid));
      } catch {
        // Where the root group takes no processes, the group stays until labd ends and the next start removes it.
      }
    }
  }

  #cpuSecondsOf(part: LabPart): number {
    if (this.#cgroups !== null) {
      const group = groups.lab(this.#options.instance, part);
      return this.#cgroups.exists(group) ? this.#cgroups.cpuSeconds(group) : 0;
    }
    const pid = this.#pids.get(part);
    return pid === undefined ? 0 : processCpuSeconds(pid);
  }
}
