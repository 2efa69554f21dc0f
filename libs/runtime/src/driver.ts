import type { Databases, OperableSite } from '@loadstair/operations';
import type { ComponentKind, Placement } from '@loadstair/topology';
import type { Isolation } from './process/isolation.ts';
import type { ContextOf, Plan, ProcessSpec, SoftReading, ToolPaths } from '@loadstair/components';

/** What turns the plan of one site into running hosts. Stage files, measuring and verdicts never know which one it is. */
export interface Driver {
  /** What the components of a host are told here, as data; a plan for this driver is made with it. */
  readonly contextOf: ContextOf;
  /** Starts every host of a plan and waits until all serve; once. A start that failed or was aborted is ended by `stop`. */
  start(plan: Plan, signal: AbortSignal): Promise<RunningSite>;
  /** Ends everything and removes cgroups, mounts, rules; idempotent. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly instance: number;
  readonly tools: ToolPaths;
  readonly repoFolder: string;
  /** The lab's own folder, `.lab` of the repository. */
  readonly labFolder: string;
  /** Share of a physical core that one lab CPU is; 0.1 unless told. */
  readonly coresPerLabCpu: number;
  /** Run without limits where the rights are missing; the verdict is refused then. */
  readonly unbudgeted: boolean;
  readonly onEvent: (event: HostEvent) => void;
}

export type HostState = 'starting' | 'up' | 'draining' | 'down' | 'stopped';

export interface HostStatus {
  readonly name: string;
  readonly tier: string;
  readonly address: string;
  readonly publicAddress: string | null;
  readonly state: HostState;
  readonly cpu: number;
  readonly memoryMiB: number;
  /** Of a database that others follow: whether it takes the writes; null for every other host. */
  readonly role: 'primary' | 'replica' | null;
  /** Faults injected into it, for example `lock 20 ms`. */
  readonly faults: readonly string[];
  readonly components: readonly { readonly kind: ComponentKind; readonly pid: number | null }[];
  readonly sinceMs: number;
}

export interface HostEvent {
  readonly atMs: number;
  readonly host: string;
  /** Tier and place of the host; null of a program of the lab itself. */
  readonly stands: { readonly tier: string; readonly place: string } | null;
  readonly kind:
    | 'starting'
    | 'up'
    | 'died'
    | 'killed'
    | 'draining'
    | 'stopped'
    | 'replaced'
    | 'promoted'
    | 'oom'
    | 'lab-program-died'
    // As a balancer sees it: its health checks failed, and it answered again.
    | 'out-of-service'
    | 'in-service';
  readonly detail: string;
}

/** Actions are done to it by what it offers (libs/operations). */
export interface RunningSite extends OperableSite {
  readonly placement: Placement;
  readonly budgeted: boolean;
  /** CPU budgets of the hosts now: lifted as they start and for a warm-up, off where there are none. */
  readonly budgets: 'on' | 'lifted' | 'off';
  /** Whether clients are kept out of private hosts. */
  readonly isolation: Isolation;
  /** By name of the group (topology's `databaseGroups`); none where nothing follows anything. */
  readonly databases: ReadonlyMap<string, Databases>;
  /** `http://photos.lab:8080` as clients say it, and with the public address as a person on this machine can open it. */
  readonly url: { readonly named: string; readonly direct: string };
  hosts(): readonly HostStatus[];
  /** Budgets are lifted after `start`; put on before load, lift for a warm-up. */
  applyBudgets(): Promise<void>;
  liftBudgets(): Promise<void>;
  /** Live change of tier size; new hosts are ready and in the balancer before it resolves, removed ones are drained first. */
  scale(tier: string, count: number, signal: AbortSignal): Promise<void>;
  /** Another CPU budget for every host of a tier, now and for those that join later; nothing restarts. SettingError for what `--set` refuses. */
  resize(tier: string, cpu: number): Promise<void>;
  /** Settings that components take while they run, as for `--set`; SettingError for others. */
  set(settings: readonly string[], signal: AbortSignal): Promise<void>;
  /** Those of these hosts that are up and keep copies only forget them; names of those that did. */
  clear(hosts: readonly string[]): Promise<readonly string[]>;
  /** SIGKILL to everything on the host; its kernel tells the peers. */
  crash(host: string): Promise<void>;
  /** Starts a dead host again on its own disk. Throws Refused for one that lives, or was destroyed. */
  powerOn(host: string, signal: AbortSignal): Promise<void>;
  /**
   * Starts a fresh host in place of a dead or living one: the next ordinal joins first where something spreads work over the
   * tier, else the same host starts anew, and is away meanwhile.
   */
  replace(host: string, signal: AbortSignal): Promise<HostStatus>;
  /** One reading of every cgroup and of the machine, cheap enough for 4 Hz. */
  read(): HostsReading;
  /** Resident bytes of the lab's own programs by part; for a table, not for 4 Hz. */
  memoryOfParts(): Readonly<Record<string, number>>;
  /** Soft resources of every component, once a second. */
  readSoft(): Promise<readonly (SoftReading & { readonly host: string; readonly component: ComponentKind })[]>;
  logFile(host: string): string;
  /** Runs a client program (k6) in the clients' cgroup: own DNS, no budget, no rights. */
  clientCommand(command: string, args: readonly string[]): ClientCommand;
  /** From now on idle-priority burners keep the CPU clock steady, as a measurement wants it; they cost a whole machine. Idempotent. */
  burn(): void;
  /** Ends the burners; idempotent. */
  rest(): Promise<void>;
  /** User id of a lab program, which needs folders of its own; null is who the lab runs as. */
  userOf(part: 'prometheus' | 'clients'): number | null;
  /** Starts a lab program in its own cgroup, so that its cost can be read, and without rights. */
  startProgram(part: 'prometheus', spec: ProcessSpec, onDeath: (detail: string) => void): LabProgram;
}

export interface ClientCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** User id it runs as, to which the files belong that it writes; null is who the lab runs as. */
  readonly user: number | null;
}

export interface LabProgram {
  readonly pid: number;
  readonly running: boolean;
  /** Asks, waits, then kills; idempotent. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>;
}

/** Cumulative counters; differences of two readings give rates. */
export interface HostsReading {
  readonly atMs: number;
  readonly hosts: readonly HostReading[];
  readonly machine: MachineReading;
  /** CPU seconds of the lab's own groups: clients (k6), prometheus, labd, burners, proxies. */
  readonly lab: Readonly<Record<string, number>>;
}

export interface HostReading {
  readonly host: string;
  readonly tier: string;
  readonly place: string;
  readonly cpuSeconds: number;
  readonly cpuSecondsByComponent: Readonly<Record<string, number>>;
  /** Names of programs in its group that are none of its components; absent where none was seen to use CPU. */
  readonly strangers?: readonly string[];
  /** Budget in cores, as the kernel has it; null while lifted. */
  readonly quotaCores: number | null;
  /** What the lab set last; null where hosts have no control groups, and where none is set. */
  readonly planned: { readonly quotaCores: number | null; readonly memoryLimitBytes: number | null } | null;
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly throttledSeconds: number;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number | null;
  readonly memoryFailures: number;
  readonly ioReadBytes: number;
  readonly ioWriteBytes: number;
  /** PSI totals in seconds, null where the kernel has none for the group. */
  readonly psiCpuSomeSeconds: number | null;
  readonly psiIoFullSeconds: number | null;
  readonly psiMemoryFullSeconds: number | null;
}

export interface MachineReading {
  readonly cores: number;
  readonly idleSeconds: number;
  readonly stealSeconds: number;
  readonly busySeconds: number;
  readonly memoryAvailableBytes: number;
}
