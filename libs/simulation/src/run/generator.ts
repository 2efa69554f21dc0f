import {
  dueTimes,
  journeysOf,
  leadS,
  requestsOf,
  TIMEOUT_MS,
  type ClientRequest,
  type JourneyName,
  type PlannedStep,
  type Profile,
  type RequestRow,
  type StepRecord,
} from '@loadstair/load';
import type { Chance, Timeline } from '@loadstair/simulation-engine';
import type { Disturbance } from './disturbance.ts';
import type { Site } from './site.ts';

/** Lateness of an undisturbed k6: a floor and a tail; p50 0.7 ms, p99 2 ms as in recorded runs. */
const LATE_FLOOR_MS = 0.4;
const LATE_TAIL_MS = 0.38;
/** Chance that an arrival is dropped while k6 makes the virtual user it needs. */
const DROPPED_WHILE_MAKING = 0.3;

/** The load of one step, as k6 offers it: the project's own schedule and journeys. */
export class OfferedStep {
  readonly step: PlannedStep;
  readonly beganMs: number;
  readonly rows: RequestRow[] = [];
  readonly late = new Map<number, number>();
  readonly #timeline: Timeline;
  readonly #site: Site;
  readonly #chance: Chance;
  readonly #disturbance: Disturbance;
  #users: number;
  inFlight = 0;
  #stopped = false;

  constructor(
    step: PlannedStep,
    world: { readonly timeline: Timeline; readonly site: Site; readonly chance: Chance; readonly disturbance: Disturbance },
    plan: { readonly seed: number; readonly journeys: Profile['journeys'] },
  ) {
    this.step = step;
    this.#timeline = world.timeline;
    this.#site = world.site;
    this.#chance = world.chance;
    this.#disturbance = world.disturbance;
    this.beganMs = world.timeline.now;
    // Virtual users k6 has from the start beside those that wait for their due time (loadprofiles/main.ts).
    this.#users = Math.ceil(step.rate * leadS(step)) + Math.ceil(step.rate * 0.25) + 20;
    const due = dueTimes(plan.seed, step);
    const journeys = journeysOf<JourneyName>(plan.seed, step, plan.journeys);
    this.#next(due, journeys, 0);
  }

  record(asOfMs: number): StepRecord {
    return { rows: this.rows, late: this.late, beganMs: this.beganMs, asOfMs };
  }

  /** No further arrivals; those begun run to their end. */
  stop(): void {
    this.#stopped = true;
  }

  #next(due: readonly number[], journeys: readonly JourneyName[], index: number): void {
    const ms = due[index];
    if (ms === undefined) return;
    this.#timeline.at(this.beganMs + ms, () => {
      if (this.#stopped) return;
      this.#arrive(index, this.beganMs + ms, journeys[index] as JourneyName);
      this.#next(due, journeys, index + 1);
    });
  }

  #arrive(index: number, dueMs: number, journey: JourneyName): void {
    const { maxUsers } = this.#disturbance;
    if (maxUsers !== undefined && this.inFlight >= maxUsers) return;
    if (this.inFlight >= this.#users) {
      this.#users += 1;
      if (this.#chance.share() < DROPPED_WHILE_MAKING) return;
    }
    const lateMs = this.#lateness(dueMs);
    this.late.set(index, lateMs);
    this.inFlight += 1;
    const lost = this.#chance.share() < (this.#disturbance.lostRows ?? 0);
    this.#timeline.at(dueMs + lateMs, () => this.#request(index, dueMs, journey, requestsOf(journey), 0, lost));
  }

  #request(index: number, dueMs: number, journey: JourneyName, requests: readonly ClientRequest[], at: number, lost: boolean): void {
    const request = requests[at] as ClientRequest;
    const region = this.#site.placeOfArrival(index);
    // An arrival brings its own connection, and it is among those in flight already.
    if (at === 0 && this.inFlight > (this.#disturbance.maxConnections ?? Infinity)) return this.#unsent(index, dueMs, journey, request);
    this.#site.send(request, { arrival: index, first: at === 0, region }, (answered, via) => {
      const latencyMs = this.#timeline.now - dueMs;
      const timedOut = latencyMs > TIMEOUT_MS;
      const ok = answered && !timedOut;
      const last = at === requests.length - 1 || !ok;
      if (last) this.inFlight -= 1;
      if (!lost || !last) {
        this.rows.push({
          step: this.step.index,
          arrival: index,
          journey,
          name: request.name,
          dueMs,
          latencyMs: Math.min(latencyMs, TIMEOUT_MS),
          outcome: ok ? 'ok' : timedOut ? 'timeout' : 'status',
          status: ok ? 200 : timedOut ? 0 : 503,
          last,
          ...(this.#site.hasEdges ? { region } : {}),
          ...(via === undefined ? {} : { via }),
        });
      }
      if (!last) this.#request(index, this.#timeline.now, journey, requests, at + 1, lost);
    });
  }

  #unsent(arrival: number, dueMs: number, journey: JourneyName, { name }: ClientRequest): void {
    this.inFlight -= 1;
    const latencyMs = this.#timeline.now - dueMs;
    this.rows.push({ step: this.step.index, arrival, journey, name, dueMs, latencyMs, outcome: 'not-sent', status: 0, last: true });
  }

  #lateness(dueMs: number): number {
    const own = LATE_FLOOR_MS - LATE_TAIL_MS * Math.log(1 - this.#chance.share());
    const { starved } = this.#disturbance;
    if (starved === undefined || this.step.index < (starved.fromStep ?? 0)) return own;
    const into = dueMs % starved.everyMs;
    return own + Math.max(0, starved.stallMs - into);
  }
}
