import { stepHolds, type Incident, type RunData, type Slo, type StepData, type StepLoad } from '@loadstair/analysis';
import { HEALTHY, type SimulatedModel } from '@loadstair/components';
import { compileSearch, compileSteps, holdOf, profileByName, stepLoad, TRIALS, type LoadSteps, type PlannedStep } from '@loadstair/load';
import {
  DRAIN_MS,
  idleStep,
  JUDGE_AFTER_MS,
  lastThatHolds,
  nextTrial,
  resourcesOver,
  startClimb,
  stepBack,
  stepData,
  tiersOver,
  type Climb,
  type MeasuredStep,
  type PlacedSince,
  type Placements,
} from '@loadstair/measure';
import { Chance, Timeline, Weather } from '@loadstair/simulation-engine';
import { CORES_PER_LAB_CPU, placeTopology, type Placement, type Topology } from '@loadstair/topology';
import { asStep } from './as-step.ts';
import { withPlan, type Disturbance } from './disturbance.ts';
import { OfferedStep } from './generator.ts';
import { CORES, Readings } from './readings.ts';
import { Site } from './site.ts';
import { auditOf, backlogsIn, queuesOf } from './work.ts';

const SETTLE_AFTER_DRAIN_MS = 1_000;

/** One run to simulate: a topology, a profile, and what is wrong with site and surroundings. */
export interface SimulatedRun {
  readonly name: string;
  readonly topology: Topology;
  readonly profile: string;
  readonly model: Partial<SimulatedModel>;
  readonly disturbance: Disturbance;
  readonly seed: number;
  readonly quick: boolean;
  /** Hosts of the topology that join while load runs, as an autoscaler would have them: planned, and there from a moment of a step on. */
  readonly joins?: readonly { readonly host: string; readonly step: number; readonly atS: number }[];
  /**
   * Load the warm-up would predict, arrivals/s; it places the steps of a climb, or of the climb of a capacity search. Explicit loads
   * replace the profile's.
   */
  readonly loads:
    | { readonly predicted: number; readonly search?: { readonly trials: number } }
    | { readonly steps: readonly PlannedStep[]; readonly endsAfter: LoadSteps['endsAfter'] };
}

/** Lets a run happen and gives it as the lab would have measured it. Pure: equal runs, equal RunData. */
export function simulate(run: SimulatedRun): RunData {
  return new Simulation(run).finish();
}

class Simulation {
  readonly #run: SimulatedRun;
  readonly #placement: Placement;
  readonly #timeline = new Timeline();
  readonly #readings: Readings;
  readonly #world: {
    readonly timeline: Timeline;
    readonly site: Site;
    readonly chance: Chance;
    readonly disturbance: Disturbance;
    readonly weather: Weather;
    readonly generatorWeather: Weather;
  };
  readonly #incidents: Incident[] = [];
  /** Hosts as load began, and as they changed. */
  readonly #first: Placement;
  readonly #changes: PlacedSince[] = [];
  readonly #gaps: { readonly fromMs: number; readonly toMs: number }[] = [];

  constructor(run: SimulatedRun) {
    this.#run = run;
    this.#placement = placeTopology(run.topology, { instance: 1, labFolder: '/' });
    const model: SimulatedModel = { ...HEALTHY, ...run.model };
    const timeline = this.#timeline;
    const chance = new Chance(run.seed);
    const weather = new Weather(run.seed + 1);
    // What an arrival costs k6 follows the machine as the site does, and wanders by itself: their correlation was 0.6 to 0.97.
    const generatorWeather = new Weather(run.seed + 500_009, { everyS: Infinity, depth: 0, lastS: 0 });
    const hogs = run.disturbance.outsideCores ?? 0;
    // Two hogs hardly slow mostly idle hosts (calibration.md, Q6); damage starts with oversubscription.
    const speed = (atMs: number): number => weather.at(atMs) * (hogs > 1.5 ? 0.95 : 1);
    const site = new Site({ timeline, chance, speed }, this.#placement, CORES_PER_LAB_CPU, model);
    for (const { host } of run.joins ?? []) site.setAway(host, true);
    if (run.disturbance.loop !== undefined) site.hosts.get(run.disturbance.loop.host)?.cpu.occupy();
    this.#world = { timeline, site, chance, disturbance: run.disturbance, weather, generatorWeather };
    if (run.disturbance.foreignPerS !== undefined) this.#foreign(new Chance(run.seed + 2), run.disturbance.foreignPerS);
    this.#first = this.#present();
    this.#readings = new Readings(this.#world, model);
  }

  /** The hosts while load ran. */
  get #placements(): Placements {
    return { first: this.#first, changes: this.#changes };
  }

  finish(): RunData {
    const { loads, quick, seed } = this.#run;
    const profile = profileByName(this.#run.profile);
    const search = 'predicted' in loads ? loads.search : undefined;
    const plan =
      'predicted' in loads
        ? search === undefined
          ? compileSteps(profile, { predicted: loads.predicted, scale: 1, quick })
          : compileSearch({ predicted: loads.predicted, scale: 1 })
        : { idleS: 5, steps: loads.steps, lower: [], higher: [], endsAfter: loads.endsAfter, back: null };
    const measured: MeasuredStep[] = [this.#idle(plan.idleS)];
    const going = startClimb(plan.endsAfter, profile.slo);
    const climb = this.#climb(plan.steps, going, profile.slo);
    measured.push(...climb.measured);
    let held = climb.lastHeld;
    if (held === null) held = plan.lower.find((step) => this.#fromRest(measured, step, profile.slo))?.rate ?? null;
    else
      for (const step of plan.higher) {
        if (going.isOver()) break;
        if (this.#fromRest(measured, step, profile.slo, going)) held = step.rate;
      }
    if (search) this.#trials(measured, search.trials, profile.slo);
    if (plan.back !== null && (going.failed() || held === null)) {
      this.#drain();
      const back = stepBack(plan.back, held ?? plan.steps[0]?.rate ?? 1, measured.length);
      measured.push(...this.#climb([back], startClimb(null, profile.slo), profile.slo).measured);
    }
    return this.#runData(measured, profile.slo, seed);
  }

  /** One step after what the last one left waiting has gone. @returns whether it held */
  #fromRest(measured: MeasuredStep[], step: PlannedStep, slo: Slo, going = startClimb(null, slo)): boolean {
    this.#drain();
    const offered = this.#climb([{ ...step, index: measured.length }], going, slo);
    measured.push(...offered.measured);
    return offered.lastHeld !== null;
  }

  #trials(measured: MeasuredStep[], trials: number, slo: Slo): void {
    for (;;) {
      const rate = nextTrial(this.#runData(measured, slo, this.#run.seed), this.#run.seed, trials);
      if (rate === null) return;
      this.#fromRest(measured, { index: measured.length, kind: 'trial', rate, holdS: holdOf(TRIALS, rate), settleS: TRIALS.settleS }, slo);
    }
  }

  #idle(idleS: number): MeasuredStep {
    const startMs = this.#timeline.now;
    const endMs = startMs + idleS * 1000;
    this.#timeline.runUntil(endMs);
    return idleStep(startMs, endMs);
  }

  /** Steps one after the other, as libs/lab drives them: judged as they end, over after two failing ones. */
  #climb(steps: readonly PlannedStep[], going: Climb, slo: Slo): { measured: MeasuredStep[]; lastHeld: number | null } {
    const { journeys } = profileByName(this.#run.profile);
    const plan = { seed: this.#run.seed, journeys };
    const offered: {
      readonly load: OfferedStep;
      readonly startMs: number;
      readonly endMs: number;
      final: StepLoad | null;
      readonly backlogs: StepData['use'];
    }[] = [];
    let next: OfferedStep | null = null;
    for (const [position, step] of steps.entries()) {
      const load: OfferedStep = next ?? this.#offer(step, plan);
      const beganMs = load.beganMs;
      const window = { startMs: beganMs + step.settleS * 1000, endMs: beganMs + step.holdS * 1000 };
      this.#timeline.runUntil(window.endMs);
      const following = steps[position + 1];
      next = following === undefined ? null : this.#offer(following, plan);
      this.#timeline.runUntil(window.endMs + JUDGE_AFTER_MS);
      const seen = stepLoad(load.record(this.#timeline.now), plan, step, window);
      const backlogs = backlogsIn(this.#world.site, this.#readings.around(window.startMs, window.endMs), window);
      offered.push({ load, ...window, final: load.inFlight === 0 ? seen : null, backlogs });
      if (going.judged(stepHolds(asStep(step, window, seen, backlogs), slo))) break;
    }
    next?.stop();
    this.#readings.rate = 0;
    // The generator stops, and waits for what is open.
    this.#timeline.runUntil(this.#timeline.now + 6_500);
    const asOfMs = this.#timeline.now;
    const measured = offered.map(({ load, startMs, endMs, final }): MeasuredStep => ({
      index: load.step.index,
      kind: load.step.kind === 'warm-up' ? 'load' : load.step.kind,
      offered: load.step.rate,
      startMs,
      endMs,
      load: final ?? stepLoad(load.record(asOfMs), plan, load.step, { startMs, endMs }),
    }));
    const judged = measured.map((step, index) => {
      const { load, backlogs } = offered[index] as (typeof offered)[number];
      return asStep(load.step, step, step.load, backlogs);
    });
    return { measured, lastHeld: lastThatHolds(judged, slo) };
  }

  #offer(step: PlannedStep, plan: ConstructorParameters<typeof OfferedStep>[2]): OfferedStep {
    this.#readings.rate = step.rate;
    this.#disturb(step);
    return new OfferedStep(step, this.#world, plan);
  }

  /** What goes wrong in this step. */
  #disturb(step: PlannedStep): void {
    const { gap, incident, creep } = this.#run.disturbance;
    const beganMs = this.#timeline.now;
    if (gap?.step === step.index) {
      const fromMs = beganMs + gap.fromS * 1000;
      if (gap.of === 'prometheus') this.#gaps.push({ fromMs, toMs: fromMs + gap.lastS * 1000 });
      else this.#timeline.at(fromMs, () => (this.#readings.silentUntilMs = fromMs + gap.lastS * 1000));
    }
    if (incident?.step === step.index) {
      const atMs = beganMs + incident.atS * 1000;
      this.#incidents.push({ atMs, kind: incident.kind, subject: incident.subject });
      this.#timeline.at(atMs, () => {
        if (incident.downMs <= 0) return;
        this.#readings.restarted(incident.subject);
        this.#world.site.freeze(incident.subject, incident.downMs);
      });
    }
    for (const join of this.#run.joins ?? []) {
      if (join.step === step.index) this.#timeline.at(beganMs + join.atS * 1000, () => this.#join(join.host));
    }
    if (creep?.step === step.index) this.#world.site.ways.creep(creep.role, creep.msPerS, beganMs, step.holdS * 1000);
  }

  /** Somebody else looks at the site, at random moments, as long as it is there. */
  #foreign(chance: Chance, perS: number): void {
    const { timeline, site } = this.#world;
    let arrival = 0;
    const next = (): void =>
      timeline.after((-1000 * Math.log(1 - chance.share())) / perS, () => {
        arrival += 1;
        const from = { arrival, first: true, region: site.placeOfArrival(arrival) };
        site.send({ name: 'feed', file: false }, from, () => {});
        next();
      });
    next();
  }

  #join(host: string): void {
    const atMs = this.#timeline.now;
    this.#world.site.setAway(host, false);
    this.#changes.push({ sinceMs: atMs, placement: this.#present() });
    this.#incidents.push({ atMs, kind: 'host-added', subject: host, planned: true });
  }

  /** The placement without the hosts that have not joined yet. */
  #present(): Placement {
    const { away } = this.#world.site;
    return { ...this.#placement, hosts: this.#placement.hosts.filter(({ name }) => !away.has(name)) };
  }

  #drain(): void {
    const deadline = this.#timeline.now + DRAIN_MS;
    while (this.#timeline.now < deadline && this.#world.site.busyWith > 0) this.#timeline.runUntil(this.#timeline.now + 500);
    this.#timeline.runUntil(this.#timeline.now + SETTLE_AFTER_DRAIN_MS);
  }

  #runData(measured: readonly MeasuredStep[], slo: Slo, seed: number): RunData {
    const { topology, profile, disturbance, name } = this.#run;
    const steps = measured.map((step): StepData => {
      const data = stepData(step, this.#placements, this.#readings.around(step.startMs, step.endMs), CORES_PER_LAB_CPU);
      return {
        ...data,
        use: [...data.use, ...backlogsIn(this.#world.site, this.#readings.around(step.startMs, step.endMs), step)],
        coverage: { ...data.coverage, prometheus: this.#scraped(step) },
      };
    });
    return {
      schema: 1,
      run: `${name}-${seed}`,
      stage: { number: topology.stage, slug: topology.slug },
      profile: { name: profile, slo, arrivals: 'poisson' },
      budgeted: disturbance.unbudgeted !== true,
      ended: disturbance.interrupted === true ? 'interrupted' : 'finished',
      machine: {
        cores: CORES,
        maxLabCores: this.#placement.hosts.reduce((sum, host) => sum + host.tierSpec.cpu * CORES_PER_LAB_CPU, 0),
      },
      tiers: tiersOver(this.#placements),
      links: this.#placement.topology.links.map(({ from, to }) => ({ from, to })),
      resources: [...resourcesOver(this.#placements, CORES_PER_LAB_CPU), ...queuesOf(this.#world.site)],
      ...auditOf(this.#world.site),
      steps:
        disturbance.unsent === undefined
          ? steps
          : steps.map((step) => withPlan(step, disturbance.unsent as { name: string; share: number })),
      incidents: this.#incidents,
      observer: { labdCores: 0.014, prometheusCores: 0.002, samplerCores: 0 },
    };
  }

  #scraped({ startMs, endMs }: MeasuredStep): number {
    const missing = this.#gaps.reduce((sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs)), 0);
    return 1 - missing / (endMs - startMs);
  }
}
