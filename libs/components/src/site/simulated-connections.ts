import type { SqlServer } from '../simulated.ts';

/** Connections of a site process to its databases: opened when no open one is free, and kept. */
export class SimulatedConnections {
  /** Those that a database refused. */
  refused = 0;
  readonly #to = new Map<string, { open: number; inUse: number }>();

  /** @returns false where one more was needed and the database refused it */
  take(database: string, server: SqlServer): boolean {
    const own = this.#of(database);
    if (own.inUse === own.open) {
      if (!server.connect()) {
        this.refused += 1;
        return false;
      }
      own.open += 1;
    }
    own.inUse += 1;
    return true;
  }

  give(database: string): void {
    this.#of(database).inUse -= 1;
  }

  #of(database: string): { open: number; inUse: number } {
    let own = this.#to.get(database);
    if (own === undefined) this.#to.set(database, (own = { open: 0, inUse: 0 }));
    return own;
  }
}
