import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pairedRatio, type PairedRatio } from '@loadstair/analysis';
import { profileByName, TRACED_SHARE, type PlannedStep, type Profile } from '@loadstair/load';
import { growth } from '@loadstair/resources';
import { blockOf, blockOrder, pairsOf, type Block } from '@loadstair/measure';
import { CORES_PER_LAB_CPU, localClients } from '@loadstair/topology';
import type { LabConfig } from '../config.ts';
import { generate, type Generation } from '../load/generation.ts';
import type { SiteSession } from '../site-session.ts';

/** Telemetry against none, on one kind of load. */
export interface TelemetryCost {
  readonly load: string;
  /** Null when too few blocks count. */
  readonly ratio: PairedRatio | null;
  readonly blocks: readonly Block[];
  /** arrivals/s sent to one host at a time */
  readonly rate: number;
  /** Mean of the blocks that count. */
  readonly requestsPerCpuSecond: { readonly full: number; readonly bare: number };
}

export interface TelemetryCosts {
  readonly costs: readonly TelemetryCost[];
  /** From the start of k6 to the first arrival that was due. */
  readonly generatorStartS: number;
}

export interface CostContext {
  readonly config: LabConfig;
  readonly session: SiteSession;
  readonly quick: boolean;
  readonly signal: AbortSignal;
}

interface Load {
  readonly name: string;
  readonly journeys: Profile['journeys'];
  readonly holdS: { readonly quick: number; readonly full: number };
  readonly rounds: { readonly quick: number; readonly full: number };
}

/** What is compared: the mix of all users, and the smallest request that reads the database. */
const LOADS: readonly Load[] = [
  { name: 'mixed', journeys: profileByName('mixed').journeys, holdS: { quick: 3.5, full: 6 }, rounds: { quick: 2, full: 6 } },
  { name: 'GET /users/12', journeys: { 'one-user': 1 }, holdS: { quick: 2, full: 5 }, rounds: { quick: 2, full: 5 } },
];
const SEED = 42;
/** Arrivals/s to all processes together while the budgets are lifted: what two cores can do beside the database and k6. */
const WARM_RATE = 400;
/** Seconds: some 3,000 requests a process (calibration.md), fewer in a quick bench. */
const WARM_S = { full: 20, quick: 11 } as const;
const PILOT_S = 2.5;
/** Apart from the warm-up's steps: what users choose depends on a step's number, and nobody can like a photo twice. */
const FIRST_BLOCK = 101;
/** Share of a host's budget that the blocks use: below what throttles it much, above what leaves its clock cold. */
const USE = 0.6;
/** Slow answers may come this long after a block; its host is idle then. */
const TAIL_MS = 900;

/** Warms all processes, then sends blocks of load to one at a time. */
export async function measureTelemetryCost(context: CostContext): Promise<TelemetryCosts> {
  const { session, quick, signal } = context;
  const hosts = session.site.placement.hosts.filter((host) => host.publicAddress !== null);
  const urlOf = (name: string): string => {
    const host = hosts.find((one) => one.name === name);
    if (host === undefined) throw new Error(`There is no host ${name} that clients can reach.`);
    return `http://${host.publicAddress}:8080`;
  };

  await session.site.liftBudgets();
  const warmed = await warmUp(
    context,
    hosts.map((host) => urlOf(host.name)),
  );
  await session.site.applyBudgets();
  await delay(1000, undefined, { signal });

  const order = LOADS.map((load) => blockOrder(quick ? load.rounds.quick : load.rounds.full));
  const steps: PlannedStep[] = [];
  for (const [position, load] of LOADS.entries()) {
    for (const [number, block] of (order[position] ?? []).entries()) {
      steps.push({
        index: FIRST_BLOCK + steps.length,
        kind: 'load',
        rate: warmed.rates[position] as number,
        holdS: quick ? load.holdS.quick : load.holdS.full,
        settleS: 0,
        journeys: load.journeys,
        baseUrls: [urlOf(block.host)],
        // The two blocks of a pair have the same arrivals.
        draw: 1000 * (position + 1) + Math.floor(number / 2),
      });
    }
  }
  const generation = start(context, steps);
  const began: number[] = [];
  try {
    for (const step of steps) began.push(await generation.began(step.index, signal));
    const last = steps.at(-1);
    await delay(Math.max(0, (began.at(-1) ?? 0) + (last?.holdS ?? 0) * 1000 + TAIL_MS + 300 - Date.now()), undefined, { signal });
  } finally {
    await generation.stop();
  }
  let next = 0;
  const costs = LOADS.map((load, position): TelemetryCost => {
    const blocks = (order[position] ?? []).map(({ variant, host }) => {
      const step = steps[next] as PlannedStep;
      const startMs = began[next] as number;
      next += 1;
      const rows = generation.record(step.index).rows;
      return blockOf({ variant, host, startMs, endMs: startMs + step.holdS * 1000 + TAIL_MS, rows }, session.sampler.samples);
    });
    return {
      load: load.name,
      ratio: pairedRatio(pairsOf(blocks)),
      blocks,
      rate: warmed.rates[position] as number,
      requestsPerCpuSecond: { full: meanOf(blocks, 'full'), bare: meanOf(blocks, 'bare') },
    };
  });
  writeFileSync(join(lastFolder(context.config), 'blocks.json'), JSON.stringify(costs, null, 1));
  return { costs, generatorStartS: warmed.generatorStartS };
}

/** What the last bench sent and got, for whoever doubts a row. */
function lastFolder(config: LabConfig): string {
  return join(config.labFolder, 'bench', 'last');
}

function meanOf(blocks: readonly Block[], variant: Block['variant']): number {
  const values = blocks.filter((block) => block.variant === variant).flatMap((block) => block.requestsPerCpuSecond ?? []);
  return values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
}

interface Warmed {
  /** arrivals/s to one host, by load */
  readonly rates: readonly number[];
  readonly generatorStartS: number;
}

/** Load on all processes at once, budgets lifted; what an arrival costs a host with telemetry then sets the blocks' rates. */
async function warmUp(context: CostContext, urls: readonly string[]): Promise<Warmed> {
  const { session, quick, signal } = context;
  const steps: PlannedStep[] = LOADS.map((load, index) => ({
    index: index + 1,
    kind: 'warm-up',
    rate: WARM_RATE,
    holdS: index === 0 ? (quick ? WARM_S.quick : WARM_S.full) : PILOT_S,
    settleS: 0,
    journeys: load.journeys,
    baseUrls: urls,
  }));
  const startedMs = Date.now();
  const generation = start(context, steps);
  const rates: number[] = [];
  let generatorStartS = 0;
  try {
    for (const step of steps) {
      const beganMs = await generation.began(step.index, signal);
      if (step.index === 1) generatorStartS = (beganMs - startedMs) / 1000;
      const endMs = beganMs + step.holdS * 1000;
      await delay(Math.max(0, endMs + 400 - Date.now()), undefined, { signal });
      rates.push(rateFor(session, endMs - PILOT_S * 1000 + 500, endMs));
    }
  } finally {
    await generation.stop();
  }
  return { rates, generatorStartS };
}

/** Arrivals/s that use a share of a host's budget, from what the hosts used under the warm-up's load. */
function rateFor(session: SiteSession, startMs: number, endMs: number): number {
  const full = session.site.placement.hosts.filter((host) => host.tier === 'full');
  const cores = full.map((host) => {
    const points = session.sampler.samples.readings.flatMap((reading) => {
      const found = reading.hosts.find((one) => one.host === host.name);
      return found === undefined ? [] : [{ atMs: reading.atMs, value: found.cpuSeconds }];
    });
    return (growth(points, startMs, endMs) ?? 0) / ((endMs - startMs) / 1000);
  });
  const used = cores.reduce((sum, one) => sum + one, 0) / Math.max(1, cores.length);
  const webs = session.site.placement.hosts.filter((host) => host.publicAddress !== null).length;
  const costS = used / (WARM_RATE / webs);
  if (!(costS > 0)) throw new Error('The hosts used no CPU in the warm-up: no arrival was answered.');
  return Math.max(5, Math.round((USE * CORES_PER_LAB_CPU * (full[0]?.tierSpec.cpu ?? 1)) / costS));
}

function start({ config, session }: CostContext, steps: readonly PlannedStep[]): Generation {
  const folder = lastFolder(config);
  mkdirSync(folder, { recursive: true });
  const { site } = session;
  return generate(
    {
      run: 'bench',
      stage: site.placement.topology.stage,
      profile: 'bench',
      seed: SEED,
      baseUrl: site.url.direct,
      journeys: LOADS[0]?.journeys ?? {},
      steps,
      users: 20_000,
      photos: 60_000,
      tracedShare: TRACED_SHARE[steps[0]?.kind ?? 'load'],
    },
    {
      k6: session.k6,
      folder,
      repoFolder: config.repoFolder,
      clientCommand: (command, args) => site.clientCommand(command, args),
      clientAddresses: localClients(site.placement).generator,
      prometheusUrl: steps[0]?.kind === 'warm-up' ? null : session.writeUrl,
    },
  );
}
