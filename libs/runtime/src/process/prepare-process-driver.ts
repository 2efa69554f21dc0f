import { rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { contentOf, type HostContext, type Plan } from '@loadstair/components';
import type { PlacedHost, Placement } from '@loadstair/topology';
import { BudgetsImpossible, type Cgroups } from '../budgets/cgroups.ts';
import { detectCgroups } from '../budgets/detect.ts';
import type { Driver, RunningSite, StartOptions } from '../driver.ts';
import { makeHousehold, type Household } from './household.ts';
import { LabPrograms } from './lab-programs.ts';
import { checkFree, neededPlaces } from './ports.ts';
import { ProcessSite } from './process-site.ts';
import { checkRoom } from './room.ts';
import { checkSpace } from './space.ts';

/**
 * Hosts as control groups with addresses of their own, on this Linux machine. The machine is made ready for the hosts of a placement; when
 * that fails, nothing is left.
 */
export async function prepareProcessDriver(placement: Placement, options: StartOptions): Promise<Driver> {
  const driver = new ProcessDriver(options, await budgets(options));
  try {
    await driver.prepare(placement);
    return driver;
  } catch (error) {
    await driver.stop();
    throw error;
  }
}

async function budgets(options: StartOptions): Promise<Cgroups | null> {
  try {
    return await detectCgroups();
  } catch (error) {
    if (error instanceof BudgetsImpossible && options.unbudgeted) return null;
    throw error;
  }
}

class ProcessDriver implements Driver {
  readonly #options: StartOptions;
  readonly #cgroups: Cgroups | null;
  readonly #folder: string;
  readonly #household: Household;
  readonly #programs: LabPrograms;
  #site: ProcessSite | null = null;
  #stopped: Promise<void> | null = null;

  constructor(options: StartOptions, cgroups: Cgroups | null) {
    this.#options = options;
    this.#cgroups = cgroups;
    this.#folder = join(options.labFolder, 'instances', String(options.instance));
    this.#household = makeHousehold(options, cgroups, () => this.#programs.isolation.state === 'on');
    this.#programs = new LabPrograms(options, cgroups, this.#household, this.#folder);
  }

  async prepare(placement: Placement): Promise<void> {
    checkRoom(placement.hosts, this.#options.coresPerLabCpu);
    checkSpace(this.#options.labFolder, placement.hosts);
    await this.#programs.prepare();
    await checkFree(neededPlaces(placement), this.#options.instance);
    // What hosts of a site before kept: databases are big.
    for (const left of ['hosts', 'kept']) await rm(join(this.#folder, left), { recursive: true, force: true });
    await this.#programs.isolate(placement);
  }

  readonly contextOf = (host: PlacedHost, placement: Placement): HostContext => ({
    host,
    placement,
    content: contentOf(host, placement),
    // Programs of ours run on the Node that runs the lab.
    tools: { ...this.#options.tools, node: process.execPath },
    cacheFolder: join(this.#options.labFolder, 'cache'),
    repoFolder: this.#options.repoFolder,
    user: this.#household.ids?.host(host.number) ?? null,
    account: userInfo().username,
    workFolder: join(host.folder, 'work'),
    socketFolder: join(this.#household.runFolder, host.name),
    secrets: this.#household.secrets,
    takesTraces: this.#household.keepsOut(),
  });

  async start(plan: Plan, signal: AbortSignal): Promise<RunningSite> {
    this.#site = new ProcessSite(
      plan,
      { options: this.#options, cgroups: this.#cgroups, household: this.#household, contextOf: this.contextOf },
      this.#programs,
      this.#folder,
    );
    await this.#site.start(signal);
    return this.#site;
  }

  stop(): Promise<void> {
    // What could not be ended may end when it is tried again.
    this.#stopped ??= this.#end().catch((error: unknown) => {
      this.#stopped = null;
      throw error;
    });
    return this.#stopped;
  }

  async #end(): Promise<void> {
    await this.#site?.endHosts();
    await this.#programs.stop();
    // Databases are big, and nobody reads them again; logs say why something ended.
    await this.#site?.removeData();
    await rm(join(this.#folder, 'kept'), { recursive: true, force: true });
  }
}
