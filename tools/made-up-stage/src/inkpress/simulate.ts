import type { Answer, HttpServer, SimulatedComponent, SimulatedContext, SimulatedRequest, SimulatedServer } from '@loadstair/components';
import { Turnstile } from '@loadstair/simulation-engine';
import { peers, type PlacedHost } from '@loadstair/topology';
import { STAMP_INK } from '../stamp-ink.ts';
import { padsOf } from './declaration.ts';

interface InkpressModel {
  readonly wakeMs: number;
  /** CPU time of a stamp, and how long it keeps its pad while it dries. */
  readonly stampMs: number;
  readonly dryMs: number;
}

/** Every page takes a pad, is stamped, dries, and goes on to the servers behind it in turn. */
export const simulatedInkpress: SimulatedComponent<InkpressModel> = {
  healthy: { wakeMs: 0.03, stampMs: 0.1, dryMs: 40 },
  threads: ({ wakeMs }) => ({ atOnce: 1, wakeMs }),
  start: (context, model) => new SimulatedInkpress(context, model),
};

class SimulatedInkpress implements SimulatedServer, HttpServer {
  readonly serves = { http: this };
  readonly #context: SimulatedContext;
  readonly #model: InkpressModel;
  readonly #pads: Turnstile;
  #behind: readonly PlacedHost[] = [];

  constructor(context: SimulatedContext, model: InkpressModel) {
    this.#context = context;
    this.#model = model;
    this.#pads = new Turnstile(context.world.timeline, padsOf(context.host.tierSpec));
  }

  get usedMs(): number {
    return this.#context.program.usedMs;
  }

  membersChanged(): void {
    const { world, host } = this.#context;
    this.#behind = peers(world.placement, host, 'http').filter((peer) => world.isThere(peer));
  }

  serve(request: SimulatedRequest, _connects: boolean, answer: Answer): void {
    const { world, program } = this.#context;
    this.#pads.take(() => {
      const takenMs = world.timeline.now;
      program.do(this.#model.stampMs, () =>
        world.timeline.after(this.#model.dryMs, () => {
          this.#pads.give(takenMs);
          this.#pass(request, answer);
        }),
      );
    });
  }

  #pass(request: SimulatedRequest, answer: Answer): void {
    const { world, host } = this.#context;
    const next = this.#behind[world.turn(host.tier) % this.#behind.length];
    if (next === undefined) answer(false);
    else world.reach(host.place, next, 'http', () => world.serving(next, 'http').serve(request, false, answer));
  }

  read(): ReturnType<SimulatedServer['read']> {
    const { inUse, waiting, waitMs, heldMs, acquisitions } = this.#pads;
    return [{ kind: STAMP_INK, inUse, waiting, waitSeconds: waitMs / 1000, busySeconds: heldMs / 1000, acquisitions }];
  }
}
