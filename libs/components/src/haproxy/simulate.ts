import { Turnstile, type Program } from '@loadstair/simulation-engine';
import { peers, type PlacedHost } from '@loadstair/topology';
import type { SoftReading } from '../soft-reading.ts';
import type { Answer, HttpServer, SimulatedComponent, SimulatedContext, SimulatedRequest, SimulatedServer } from '../simulated.ts';
import { maxconnOf } from './declaration.ts';

export interface HaproxyModel {
  readonly wakeMs: number;
  /** CPU time of a request, both ways together. */
  readonly requestMs: number;
  /** CPU time of a new connection. */
  readonly connectMs: number;
  /** Share of the requests that stick to the first server, whatever it has to do. */
  readonly pinned: number;
}

/** A balancer: slots for each server behind it, which it asks in turn. */
export const simulatedHaproxy: SimulatedComponent<HaproxyModel> = {
  healthy: { wakeMs: 0.03, requestMs: 0.16, connectMs: 0.12, pinned: 0 },
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

interface Balanced {
  readonly host: PlacedHost;
  readonly server: HttpServer;
  inSlot: number;
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
      .map((peer) => known.get(peer.name) ?? { host: peer, server: world.serving(peer, 'http'), inSlot: 0 });
    this.#slots.resize(this.#slotsPerServer * this.#servers.length);
  }

  serve(request: SimulatedRequest, connects: boolean, answer: Answer): void {
    const { world, host } = this.#context;
    this.#program.do(this.#model.requestMs / 2 + (connects ? this.#model.connectMs : 0), () =>
      this.#slots.take(() => {
        const next = this.#next();
        next.inSlot += 1;
        const takenMs = world.timeline.now;
        world.reach(host.place, next.host, 'http', () =>
          next.server.serve(request, false, (answered) =>
            this.#program.do(this.#model.requestMs / 2, () => {
              next.inSlot -= 1;
              this.#slots.give(takenMs);
              answer(answered);
            }),
          ),
        );
      }),
    );
  }

  /** The first for who sticks to it; the others in turn, leaving out servers whose slots are all taken. */
  #next(): Balanced {
    const servers = this.#servers;
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
    return [{ kind: 'slots', inUse, waiting, waitSeconds: waitMs / 1000, busySeconds: heldMs / 1000, acquisitions }];
  }
}
