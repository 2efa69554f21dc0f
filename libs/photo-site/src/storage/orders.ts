import type { Database } from './database.ts';
import { orNotThere } from './photos.ts';

export interface Order {
  readonly id: number;
  readonly photoId: number;
  readonly size: string;
  readonly quantity: number;
  /** Price of the whole order, cents. */
  readonly cents: number;
  readonly createdAt: string;
}

export interface Orders {
  /** Price list, cents by size. */
  prices(): Promise<ReadonlyMap<string, number>>;
  /** Null when there is no such size; throws NotThere for an unknown photo. */
  place(userId: number, photoId: number, size: string, quantity: number): Promise<Order | null>;
  ofUser(userId: number): Promise<readonly Order[]>;
}

interface Row {
  id: number;
  photo_id: number;
  size: string;
  quantity: number;
  cents: number;
  created_at: Date;
}

// The price is read where the order is written, so that no client decides it.
const PLACE = `INSERT INTO orders (user_id, photo_id, size, quantity, cents)
               SELECT $1, $2, size, $4, cents * $4 FROM prices WHERE size = $3
               RETURNING id, photo_id, size, quantity, cents, created_at`;
const OF_USER = 'SELECT id, photo_id, size, quantity, cents, created_at FROM orders WHERE user_id = $1 ORDER BY id DESC LIMIT 50';

export function postgresOrders(database: Database): Orders {
  return {
    async prices() {
      const rows = await database.read((query) =>
        query<{ size: string; cents: number }>('prices', 'SELECT size, cents FROM prices ORDER BY cents'),
      );
      return new Map(rows.map((row) => [row.size, row.cents]));
    },
    async place(userId, photoId, size, quantity) {
      const [row] = await orNotThere(() => database.write((query) => query<Row>('order', PLACE, [userId, photoId, size, quantity])));
      return row === undefined ? null : toOrder(row);
    },
    ofUser: async (userId) => (await database.read((query) => query<Row>('orders', OF_USER, [userId]))).map(toOrder),
  };
}

function toOrder(row: Row): Order {
  return {
    id: row.id,
    photoId: row.photo_id,
    size: row.size,
    quantity: row.quantity,
    cents: row.cents,
    createdAt: row.created_at.toISOString(),
  };
}
