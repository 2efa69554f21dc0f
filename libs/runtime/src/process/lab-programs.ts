import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessSpec } from '@loadstair/components';
import { processCpuSeconds } from '@loadstair/kit/node';
import { PORTS, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import type { ClientCommand, StartOptions } from '../driver.ts';
import { burnerSpecs } from './burners.ts';
import { confined, quoted } from './confine.ts';
import { distanceProxySpec, Distances, NoDistance, proxiesOf } from './distance.ts';
import { startDns, type StartedDns } from './dns.ts';
import { groups, LAB_PARTS, type LabPart } from './groups.ts';
import { openHostLog } from './host-log.ts';
import type { Household } from './household.ts';
import { IsolationRules, removeIsolation, type Isolation } from './isolation.ts';
import { cleanLeftovers } from './leftovers.ts';
import { openSource } from './open-source.ts';
import { ownDns } from './own-dns.ts';
import { makeInstanceRunFolder, removeRunFolder } from './private-folder.ts';
import { residentBytes } from './read-machine.ts';
import { startInGroups, type SupervisedProcess } from './supervisor.ts';
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
  readonly #rules: IsolationRules;
  /** Null while no way is long or slow. */
  #distances: Distances | null = null;

  readonly #household: Household;

  /** @param folder the instance's own folder */
  constructor(options: StartOptions, cgroups: Cgroups | null, household: Household, folder: string) {
    this.#household = household;
    this.#options = options;
    this.#cgroups = cgroups;
    this.#folder = folder;
    this.#rules = new IsolationRules(options.tools.nft, household.ids);
  }

  get isolation(): Isolation {
    return this.#isolation;
  }

  /**
   * Removes what an instance that was killed left behind, and makes the groups of the lab's own programs. labd is in its own from here
   * on, and so is every program it starts for a while: none outlives it unseen.
   */
  async prepare(): Promise<void> {
    const { instance, tools, labFolder, repoFolder } = this.#options;
    mkdirSync(this.#folder, { recursive: true });
    // A lab that once ran with another umask may have closed them.
    for (const folder of [labFolder, join(labFolder, 'instances'), this.#folder]) chmodSync(folder, 0o755);
    if (this.#cgroups === null) removeRunFolder(instance);
    else {
      await cleanLeftovers(this.#cgroups, instance, tools.nft);
      for (const part of LAB_PARTS) this.#cgroups.create(groups.lab(instance, part));
      this.#cgroups.setIdle(groups.lab(instance, 'burners'));
    }
    this.#adopt('labd', process.pid);
    makeInstanceRunFolder(instance, labFolder);
    if (this.#household.ids !== null) await openSource(repoFolder);
  }

  /** Keeps strangers out, and clients out of private hosts. */
  async isolate(placement: Placement): Promise<void> {
    this.#isolation = await this.#rules.start(placement);
  }

  /**
   * Names and distances: what hosts and clients need before the first host starts.
   *
   * @param healthy what the name server knows of a host's health
   */
  async start(placement: () => Placement, healthy: (host: PlacedHost) => boolean, signal: AbortSignal): Promise<void> {
    const { labAddress } = placement();
    this.#dns = await startDns(labAddress, PORTS.dns, zoneOf(placement, healthy));
    writeFileSync(join(this.#folder, 'resolv.conf'), `nameserver ${labAddress}\noptions timeout:2 attempts:2\n`);
    await this.#keepDistances(placement(), signal);
  }

  /** Isolation and distances for the hosts there are now. */
  async follow(placement: Placement, signal: AbortSignal): Promise<void> {
    await this.#rules.follow(placement);
    await this.#keepDistances(placement, signal);
  }

  async #keepDistances(placement: Placement, signal: AbortSignal): Promise<void> {
    if (this.#distances === null) {
      if (proxiesOf(placement).length === 0) return;
      if (this.#isolation.state === 'off') throw new NoDistance(this.#isolation.reason);
      const { toxiproxy } = this.#options.tools;
      if (toxiproxy === undefined) throw new Error('A distance or a slow link needs toxiproxy; ./lab doctor shows how to get it.');
      this.#processes.push(this.#startOwn('proxies', distanceProxySpec(toxiproxy, placement, this.#folder)));
      this.#distances = new Distances(placement.labAddress);
    }
    await this.#distances.follow(placement, signal);
  }

  burn(): void {
    if (this.#burners.length > 0) return;
    this.#burners.push(...burnerSpecs(this.#folder).map((spec) => this.#startBurner(spec)));
  }

  async rest(): Promise<void> {
    await Promise.all(this.#burners.splice(0).map((one) => one.stop('SIGKILL', 0)));
  }

  /** A client program in the clients' group, without rights, with the lab's DNS as its own. */
  clientCommand(command: string, args: readonly string[]): ClientCommand {
    const user = this.userOf('clients');
    const view = [...this.#household.view, ...ownDns(join(this.#folder, 'resolv.conf'), join(this.#folder, 'clients-etc'))];
    const joins = this.#joinFiles('clients').map((file) => `echo $$ > ${quoted(file)}`);
    const [program, all] = confined({ user, view }, command, args);
    return { command: '/bin/sh', args: ['-c', [...joins, 'exec "$@"'].join(' && '), 'sh', program, ...all], user };
  }

  userOf(part: LabPart): number | null {
    return this.#household.ids?.part(part) ?? null;
  }

  /** Starts a program of a part in the part's group, without rights. */
  startProgram(part: LabPart, spec: ProcessSpec, onDeath: (detail: string) => void): SupervisedProcess {
    const { view } = this.#household;
    this.#log ??= openHostLog(join(this.#folder, 'lab.log'), 'lab');
    const started = startInGroups(spec, { user: this.userOf(part), view, joinFiles: this.#joinFiles(part) }, this.#log, part, onDeath);
    this.#pids.set(part, started.pid);
    return started;
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
    await this.#log?.close();
    const { instance, tools } = this.#options;
    if (this.#cgroups === null) {
      removeRunFolder(instance);
      return removeIsolation(tools.nft, instance);
    }
    this.#releaseOurselves(this.#cgroups);
    await cleanLeftovers(this.#cgroups, instance, tools.nft);
  }

  #startOwn(part: LabPart, spec: ProcessSpec): SupervisedProcess {
    return this.startProgram(part, spec, (detail) =>
      this.#options.onEvent({ atMs: Date.now(), host: part, stands: null, kind: 'lab-program-died', detail }),
    );
  }

  /** Busy loops watch labd, which only root may do. */
  #startBurner(spec: ProcessSpec): SupervisedProcess {
    this.#log ??= openHostLog(join(this.#folder, 'lab.log'), 'lab');
    return startInGroups(spec, { user: null, view: [], joinFiles: this.#joinFiles('burners') }, this.#log, 'burners', (detail) =>
      this.#options.onEvent({ atMs: Date.now(), host: 'burners', stands: null, kind: 'lab-program-died', detail }),
    );
  }

  #adopt(part: LabPart, pid: number): void {
    this.#pids.set(part, pid);
    for (const file of this.#joinFiles(part)) writeFileSync(file, String(pid));
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
    return pid === undefined ? 0 : (processCpuSeconds(pid) ?? 0);
  }
}
