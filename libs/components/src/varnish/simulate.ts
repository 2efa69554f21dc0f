import type { Program } from '@loadstair/simulation-engine';
import { peers, type PlacedHost } from '@loadstair/topology';
import { NOTHING_READ, type SoftReading } from '../soft-reading.ts';
import type { Answer, HttpServer, SimulatedComponent, SimulatedContext, SimulatedRequest, SimulatedServer } from '../simulated.ts';

export interface VarnishModel {
  readonly wakeMs: number;
  /** CPU time of a request. */
  readonly requestMs: number;
}

/** What a file has, bytes; the mean of pictures and static ones. */
const FILE_BYTES = 9_000;

/** An edge: it keeps every file it has sent once, for longer than any run. */
export const simulatedVarnish: SimulatedComponent<VarnishModel> = {
  healthy: { wakeMs: 0.03, requestMs: 0.12 },
  threads: ({ wakeMs }) => ({ atOnce: 1, wakeMs }),
  start: (context, model) => new SimulatedVarnish(context, model),
  // Each file is fetched once, which is nothing in the mean.
  demand: ({ http }, { wakesLeft }, model) => ({
    cpuMs: (http?.requests ?? 0) * (model.requestMs + wakesLeft * model.wakeMs),
    asks: {},
  }),
};

class SimulatedVarnish implements SimulatedServer, HttpServer {
  readonly serves = { http: this };
  readonly #context: SimulatedContext;
  readonly #program: Program;
  readonly #model: VarnishModel;
  readonly #kept = new Set<string>();
  /** Where it fetches what it does not have. */
  #origin: PlacedHost | null = null;
  #hits = 0;
  #misses = 0;

  constructor(context: SimulatedContext, model: VarnishModel) {
    this.#context = context;
    this.#program = context.program;
    this.#model = model;
  }

  get usedMs(): number {
    return this.#program.usedMs;
  }

  membersChanged(): void {
    const { world, host } = this.#context;
    this.#origin = peers(world.placement, host, 'http').find((peer) => world.isThere(peer)) ?? null;
  }

  serve(request: SimulatedRequest, connects: boolean, answer: Answer): void {
    const { file } = request;
    this.#program.do(this.#model.requestMs, () => {
      if (file === null) {
        this.#fetch(request, connects, answer);
        return;
      }
      if (this.#kept.has(file)) {
        this.#hits += 1;
        answer(true, 'hit');
        return;
      }
      this.#misses += 1;
      this.#fetch(request, connects, (answered) => {
        if (answered) this.#kept.add(file);
        answer(answered, 'miss');
      });
    });
  }

  #fetch(request: SimulatedRequest, connects: boolean, answer: Answer): void {
    const { world, host } = this.#context;
    const origin = this.#origin;
    if (origin === null) throw new Error(`${host.name} has nowhere to fetch from.`);
    world.reach(host.place, origin, 'http', () => world.serving(origin, 'http').serve(request, connects, answer));
  }

  read(): Omit<SoftReading, 'atMs'>[] {
    const [hits, misses] = [this.#hits, this.#misses];
    const [objects, storedBytes] = [this.#kept.size, this.#kept.size * FILE_BYTES];
    const files = { hits, misses, bytesOut: (hits + misses) * FILE_BYTES, objects, storedBytes, evicted: 0, failures: 0 };
    return [{ ...NOTHING_READ, kind: 'files', files }];
  }
}
