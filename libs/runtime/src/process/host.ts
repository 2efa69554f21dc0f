import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  componentOf,
  initialise,
  settled,
  type ComponentContext,
  type ContextOf,
  type PlannedComponent,
  type PlannedHost,
} from '@loadstair/components';
import { declarationOf, declarations } from '@loadstair/components/declarations';
import { faultsOf, roleOf, type ComponentKind, type PlacedHost, type Placement } from '@loadstair/topology';
import type { Cgroups } from '../budgets/cgroups.ts';
import { diskOf } from '../budgets/disk-device.ts';
import type { HostEvent, HostState, HostStatus, StartOptions } from '../driver.ts';
import { groups } from './groups.ts';
import { openHostLog, type HostLog } from './host-log.ts';
import type { Household } from './household.ts';
import { OutOfMemory } from './out-of-memory.ts';
import { makePrivateFolder } from './private-folder.ts';
import { runProgram, serveProgram } from './programs.ts';
import { startInGroups, type SupervisedProcess } from './supervisor.ts';

/** What all hosts of a driver stand on. */
export interface HostGround {
  readonly options: StartOptions;
  readonly cgroups: Cgroups | null;
  readonly household: Household;
  readonly contextOf: ContextOf;
}

/** Whether a host starts with nothing, or with what it had when it died. */
type Disk = 'empty' | 'used';

/** For what writes a log to write its last lines. */
const LOGGER_MS = 1_000;

/** A host that was started: its processes, its state, its budget. */
export class RunningHost {
  placed: PlacedHost;
  state: HostState = 'starting';
  sinceMs = Date.now();
  /** Whether it was destroyed: what it had is on no disk. */
  diskGone = false;
  readonly #options: StartOptions;
  readonly #cgroups: Cgroups | null;
  readonly #placement: () => Placement;
  readonly #household: Household;
  readonly #contextOf: ContextOf;
  readonly #processes = new Map<ComponentKind, SupervisedProcess>();
  readonly #loggers: SupervisedProcess[] = [];
  #log: HostLog | null = null;
  #quotaCores: number | null = null;
  #knownOomKills = 0;

  constructor(placed: PlacedHost, { options, cgroups, household, contextOf }: HostGround, placement: () => Placement) {
    this.placed = placed;
    this.#household = household;
    this.#options = options;
    this.#cgroups = cgroups;
    this.#contextOf = contextOf;
    this.#placement = placement;
  }

  get group(): string {
    return groups.host(this.#options.instance, this.placed.name);
  }

  get logFile(): string {
    return join(this.placed.folder, 'host.log');
  }

  /** User and group id of the host's programs. */
  get user(): number | null {
    return this.#household.ids?.host(this.placed.number) ?? null;
  }

  context(): ComponentContext {
    const confinement = { user: this.user, view: this.#household.view };
    return {
      ...this.#contextOf(this.placed, this.#placement()),
      run: (command, args, options = {}) => runProgram({ ...confinement, scratch: this.#household.runFolder }, command, args, options),
      serve: (command, args, { cwd }) => serveProgram(confinement, command, args, cwd),
    };
  }

  /**
   * The host's folder is the lab's, and its programs may read it; they write to folders of their own. So none of them can lay a link
   * where the lab, which is root, writes.
   */
  #makeFolders(disk: Disk): void {
    const { user } = this;
    const { folder } = this.placed;
    if (disk === 'empty') rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (user !== null) chownSync(folder, process.getuid?.() ?? 0, user);
    chmodSync(folder, 0o750);
    const context = this.context();
    makePrivateFolder(context.workFolder, 0o700, user);
    makePrivateFolder(context.socketFolder, 0o700, user);
  }

  /** Starts every component in the order of its plan: what others on the host need comes first. */
  async start(planned: PlannedHost, signal: AbortSignal, disk: Disk = 'empty'): Promise<void> {
    this.#makeFolders(disk);
    this.#log = openHostLog(this.logFile, this.placed.name);
    this.emit('starting', '');
    if (this.#cgroups !== null) {
      this.#cgroups.create(this.group);
      this.#cgroups.setMemory(this.group, this.placed.tierSpec.memoryMiB * 2 ** 20);
    }
    for (const component of planned.components) {
      signal.throwIfAborted();
      await this.#startComponent(component, signal, disk);
    }
    this.#setState('up');
    this.emit('up', `${this.placed.tierSpec.components.join(' + ')} at ${this.placed.address}`);
  }

  async #startComponent(planned: PlannedComponent, signal: AbortSignal, disk: Disk): Promise<void> {
    const { kind } = planned;
    const group = groups.component(this.#options.instance, this.placed.name, kind);
    this.#cgroups?.create(group);
    await initialise(planned, this.context(), disk);
    signal.throwIfAborted();
    const died = new AbortController();
    const surroundings = { user: this.user, view: this.#household.view, joinFiles: this.#cgroups?.joinFiles(group) ?? [] };
    const { log: format } = declarationOf(kind);
    const started = startInGroups(
      planned.process,
      surroundings,
      this.#log as HostLog,
      kind,
      (detail) => {
        const starved = this.noticeOutOfMemory();
        this.#log?.write('lab', detail);
        died.abort(starved ? new OutOfMemory(this.placed, kind) : new Error(`${detail}; see ${this.logFile}`));
        if (this.state === 'down' || this.state === 'stopped') return;
        this.#setState('down');
        this.emit('died', starved ? `${detail}, because memory ran out` : detail);
      },
      format,
    );
    this.#processes.set(kind, started);
    const logProcess = componentOf(kind).logProcess?.(this.context());
    if (logProcess !== undefined) {
      const noted = (detail: string): void => this.#log?.write('lab', `the program that writes the log of ${kind} ended: ${detail}`);
      this.#loggers.push(startInGroups(logProcess, surroundings, this.#log as HostLog, kind, noted, format));
    }
    await settled(planned, this.context(), AbortSignal.any([signal, died.signal]));
  }

  /** Tells when the kernel has ended a program of the host for want of memory since the last look; whether it has. */
  noticeOutOfMemory(): boolean {
    if (this.#cgroups === null || !this.#cgroups.exists(this.group)) return false;
    const kills = this.#cgroups.oomKills(this.group);
    if (kills <= this.#knownOomKills) return false;
    this.#knownOomKills = kills;
    this.emit('oom', `the kernel killed a program because memory ran out (limit ${this.placed.tierSpec.memoryMiB} MiB)`);
    return true;
  }

  /** What was set last; null while lifted. */
  get quotaCores(): number | null {
    return this.#quotaCores;
  }

  /** Budget on (true) or lifted. */
  setBudget(on: boolean): void {
    if (this.#cgroups === null || !this.#cgroups.exists(this.group)) return;
    this.#quotaCores = on ? this.placed.tierSpec.cpu * this.#options.coresPerLabCpu : null;
    this.#cgroups.setCpu(this.group, this.#quotaCores);
    // In v1 a limit holds for one group and not for those below it; the processes are in the components' groups.
    const kinds = this.placed.tierSpec.components;
    const limits = kinds.flatMap((kind) => declarationOf(kind).diskWriteLimit?.(this.placed.tierSpec) ?? []);
    if (limits.length === 0) return;
    for (const kind of kinds) {
      const group = groups.component(this.#options.instance, this.placed.name, kind);
      if (this.#cgroups.exists(group))
        this.#cgroups.setDiskWrites(group, diskOf(this.placed.folder), on ? Math.min(...limits) * 1024 : null);
    }
  }

  /** Ends components in good order, what others need last. */
  async stop(): Promise<void> {
    if (this.state === 'stopped') return;
    const wasUp = this.state !== 'down';
    this.#setState('stopped');
    // An ending host needs its CPU to end in time.
    this.setBudget(false);
    for (const kind of this.placed.tierSpec.components) {
      const { signal, graceMs } = componentOf(kind).stop;
      await this.#processes.get(kind)?.stop(signal, graceMs);
    }
    await this.#endLoggers('SIGTERM');
    await this.#cgroups?.destroy(this.group);
    if (wasUp) this.emit('stopped', '');
    await this.#log?.close();
    await this.#household.silence.end(this.#placement(), this.placed);
  }

  /** Leaves the log alone; the host must have ended. */
  async removeData(): Promise<void> {
    const names = await readdir(this.placed.folder).catch(() => []);
    for (const name of names.filter((one) => one !== basename(this.logFile))) {
      await rm(join(this.placed.folder, name), { recursive: true, force: true });
    }
  }

  /** Its programs end at once; the kernel closes their connections and refuses whoever connects. */
  async crash(): Promise<void> {
    await this.#die('by a crash');
  }

  /** No packet leaves or reaches it from here on, until it is stopped; then its programs end. */
  async losePower(): Promise<void> {
    await this.#household.silence.begin(this.#placement(), this.placed);
    await this.#die('by a power loss');
  }

  /** The same, and nothing of its disk is left. */
  async destroy(): Promise<void> {
    await this.#household.silence.begin(this.#placement(), this.placed);
    await this.#die('with its disk');
    this.diskGone = true;
    await this.removeData();
  }

  async #die(how: string): Promise<void> {
    this.#setState('down');
    this.emit('killed', how);
    const ended = [...[...this.#processes.values()].map((one) => one.stop('SIGKILL', 0)), this.#endLoggers('SIGKILL')];
    for (const pid of this.#cgroups?.processes(this.group) ?? []) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended with its parent.
      }
    }
    await Promise.all(ended);
  }

  async #endLoggers(signal: NodeJS.Signals): Promise<void> {
    await Promise.all(this.#loggers.map((one) => one.stop(signal, LOGGER_MS)));
  }

  markDraining(): void {
    this.#setState('draining');
    this.emit('draining', '');
  }

  pids(): number[] {
    return [...this.#processes.values()].map((one) => one.pid);
  }

  status(): HostStatus {
    const { placed } = this;
    return {
      name: placed.name,
      tier: placed.tier,
      address: placed.address,
      publicAddress: placed.publicAddress,
      state: this.state,
      cpu: placed.tierSpec.cpu,
      memoryMiB: placed.tierSpec.memoryMiB,
      role: roleOf(this.#placement(), placed),
      faults: faultsOf(placed.tierSpec, placed.place, declarations),
      components: placed.tierSpec.components.map((kind) => ({
        kind,
        pid: this.#processes.get(kind)?.running === true ? (this.#processes.get(kind)?.pid ?? null) : null,
      })),
      sinceMs: this.sinceMs,
    };
  }

  emit(kind: HostEvent['kind'], detail: string): void {
    const { name, tier, place } = this.placed;
    this.#options.onEvent({ atMs: Date.now(), host: name, stands: { tier, place }, kind, detail });
  }

  #setState(state: HostState): void {
    this.state = state;
    this.sinceMs = Date.now();
  }
}
