import { Turnstile, type Program } from '@loadstair/simulation-engine';
import { peers, type PlacedHost } from '@loadstair/topology';
import type { ServerState, SoftReading } from '../soft-reading.ts';
import {
  READY_CHECK,
  type Answer,
  type HttpServer,
  type SimulatedComponent,
  type SimulatedContext,
  type SimulatedRequest,
  type SimulatedServer,
} from '../simulated.ts';
import { BALANCER_LIMITS, maxconnOf } from './declaration.ts';

export interface HaproxyModel {
  readonly wakeMs: number;
  /** CPU time of a request, both ways together. */
  readonly requestMs: number;
  /** CPU time of a new connection. */
  readonly connectMs: number;
  /**
   * Whether it looks at its servers, and takes those out of service that answer too late. Not unless told: a simulated server does one thing
   * after the other, so that a look at a full one waits for longer than at a real one.
   */
  readonly checks: boolean;
  /** Share of the requests that stick to the first server, whatever it has to do. */
  readonly pinned: number;
}

/** A balancer: slots for each server behind it, which it asks in turn. */
export const simulatedHaproxy: SimulatedComponent<HaproxyModel> = {
  healthy: { wakeMs: 0.03, requestMs: 0.16, connectMs: 0.12, checks: false, pinned: 0 },
  threads: ({ wakeMs }) => ({ atOnce: 1, wakeMs }),
  start: (context, model) => new SimulatedHaproxy(context, model),
  demand: ({ http }, { wakesLeft }, model) =>
    http === undefined
      ? { cpuMs: 0, asks: {} }
      : {
          cpuMs: http.connections * model.connectMs + http.requests * (model.requestMs + wakesLeft * 2 * model.wakeMs),
          asks: { http: { ...http, connections: 0 } },
        },
  // It wakes up so seldom beside its work that recorded runs do not tell the two apart.
  scaled: (model, { cost }) => ({ ...model, requestMs: model.requestMs * cost, wakeMs: model.wakeMs * cost }),
};

const CHECK = BALANCER_LIMITS.check;
const LOOK: SimulatedRequest = { name: READY_CHECK, file: null };

interface Balanced {
  readonly host: PlacedHost;
  readonly server: HttpServer;
  inSlot: number;
  up: boolean;
  /** Bad looks in a row; how often it was taken out. */
  bad: number;
  takenOut: number;
  /** Ends what it is in the middle of for this balancer. */
  readonly open: Set<() => void>;
}

class SimulatedHaproxy implements SimulatedServer, HttpServer {
  readonly serves = { http: this };
  readonly #context: SimulatedContext;
  readonly #program: Program;
  readonly #model: HaproxyModel;
  readonly #slotsPerServer: number;
  readonly #slots: Turnstile;
  #servers: readonly Balanced[] = [];
  #turn = 0;
  #requests = 0;

  constructor(context: SimulatedContext, model: HaproxyModel) {
    this.#context = context;
    this.#program = context.program;
    this.#model = model;
    this.#slotsPerServer = maxconnOf(context.host.tierSpec);
    this.#slots = new Turnstile(context.world.timeline, 0);
  }

  get usedMs(): number {
    return this.#program.usedMs;
  }

  membersChanged(): void {
    const { world, host } = this.#context;
    const known = new Map(this.#servers.map((one) => [one.host.name, one]));
    this.#servers = peers(world.placement, host, 'http')
      .filter((peer) => world.isThere(peer))
      .map(
        (peer) =>
          known.get(peer.name) ?? {
            host: peer,
            server: world.serving(peer, 'http'),
            inSlot: 0,
            up: true,
            bad: 0,
            takenOut: 0,
            open: new Set(),
          },
      );
    this.#resize();
    if (this.#model.checks) for (const one of this.#servers) if (!known.has(one.host.name)) this.#lookAgain(one);
  }

  get #inService(): readonly Balanced[] {
    return this.#servers.filter(({ up }) => up);
  }

  #resize(): void {
    this.#slots.resize(this.#slotsPerServer * this.#inService.length);
  }

  #lookAgain(one: Balanced): void {
    const { timeline } = this.#context.world;
    timeline.after(CHECK.everyMs, () => {
      let open = true;
      const seen = (good: boolean): void => {
        if (!open) return;
        open = false;
        one.bad = good ? 0 : one.bad + 1;
        if (one.up && one.bad >= CHECK.bad) this.#takeOut(one);
        else if (good) one.up = true;
        this.#resize();
        if (this.#servers.includes(one)) this.#lookAgain(one);
      };
      timeline.after(CHECK.answerMs, () => seen(false));
      one.server.serve(LOOK, true, seen);
    });
  }

  /** Whoever waits for it is told. */
  #takeOut(one: Balanced): void {
    one.up = false;
    one.takenOut += 1;
    for (const end of [...one.open]) end();
  }

  serve(request: SimulatedRequest, connects: boolean, answer: Answer): void {
    this.#requests += 1;
    this.#program.do(this.#model.requestMs / 2 + (connects ? this.#model.connectMs : 0), () =>
      // Nobody waits for servers of which there are none.
      this.#inService.length === 0 ? answer(false) : this.#slots.take(() => this.#send(request, answer)),
    );
  }

  #send(request: SimulatedRequest, answer: Answer): void {
    const { world, host } = this.#context;
    const next = this.#next();
    next.inSlot += 1;
    const takenMs = world.timeline.now;
    const end = (answered: boolean): void => {
      if (!next.open.delete(cut)) return;
      this.#program.do(this.#model.requestMs / 2, () => {
        next.inSlot -= 1;
        this.#slots.give(takenMs);
        answer(answered);
      });
    };
    const cut = (): void => end(false);
    next.open.add(cut);
    world.reach(host.place, next.host, 'http', () => next.server.serve(request, false, end));
  }

  /** The first for who sticks to it; the others in turn, leaving out servers whose slots are all taken. */
  #next(): Balanced {
    const servers = this.#inService;
    const { pinned } = this.#model;
    if (pinned > 0 && this.#context.world.chance.share() < pinned) return servers[0] as Balanced;
    for (let tried = 0; tried < servers.length; tried += 1) {
      const next = servers[this.#turn % servers.length] as Balanced;
      this.#turn += 1;
      if (next.inSlot < this.#slotsPerServer) return next;
    }
    return servers[this.#turn % servers.length] as Balanced;
  }

  read(): Omit<SoftReading, 'atMs'>[] {
    const { inUse, waiting, waitMs, heldMs, acquisitions } = this.#slots;
    return [
      {
        kind: 'slots',
        inUse,
        waiting,
        waitSeconds: waitMs / 1000,
        busySeconds: heldMs / 1000,
        acquisitions,
        requests: this.#requests,
        servers: this.#states(),
      },
    ];
  }

  #states(): Record<string, ServerState> {
    return Object.fromEntries(
      this.#servers.map(({ host, up, takenOut }) => [host.name, { inService: up, takenOut, check: up ? 'answered' : 'no-answer' }]),
    );
  }
}
