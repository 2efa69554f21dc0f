import type { FilesReading } from '@loadstair/components';
import type { Via } from '@loadstair/load';
import { hostsWith, isDown, type Placement } from '@loadstair/topology';
import type { Program } from '../engine/cpu-host.ts';

/** What a file has, bytes; the mean of pictures and static ones. */
const FILE_BYTES = 9_000;

interface Edge {
  readonly name: string;
  readonly region: string;
  /** From the start, by a setting. */
  readonly down: boolean;
  readonly program: Program;
  readonly kept: Set<string>;
  hits: number;
  misses: number;
}

/** Edges of a simulated site: each keeps every file it has sent once, for longer than any run. */
export class SimulatedEdges {
  readonly #edges: readonly Edge[];
  readonly #edgeMs: number;
  #turn = 0;

  constructor(placement: Placement, program: (host: string) => Program, edgeMs: number) {
    this.#edges = hostsWith(placement, 'varnish').map((host) => ({
      name: host.name,
      region: host.place,
      down: isDown(host),
      program: program(host.name),
      kept: new Set(),
      hits: 0,
      misses: 0,
    }));
    this.#edgeMs = edgeMs;
  }

  /** Sends a file from an edge of the region; `fetch` asks the site for one that the edge does not have, or that no edge sends. */
  send(
    file: string,
    region: string,
    fetch: (done: (answered: boolean) => void) => void,
    done: (answered: boolean, via: Via) => void,
  ): void {
    const near = this.#edges.filter((edge) => edge.region === region && !edge.down);
    if (near.length === 0) {
      fetch((answered) => done(answered, 'fallback'));
      return;
    }
    this.#turn += 1;
    const edge = near[this.#turn % near.length] as Edge;
    edge.program.do(this.#edgeMs, () => {
      if (edge.kept.has(file)) {
        edge.hits += 1;
        done(true, 'hit');
        return;
      }
      edge.misses += 1;
      fetch((answered) => {
        if (answered) edge.kept.add(file);
        done(answered, 'miss');
      });
    });
  }

  stateOf(host: string): FilesReading {
    const { hits, misses, kept } = this.#edges.find((edge) => edge.name === host) as Edge;
    const storedBytes = kept.size * FILE_BYTES;
    return { hits, misses, bytesOut: (hits + misses) * FILE_BYTES, objects: kept.size, storedBytes, evicted: 0, failures: 0 };
  }
}
