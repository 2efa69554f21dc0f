import { EVERYBODY, type Database } from './database.ts';
import type { Ids } from './ids.ts';
import { NotThere, orNotThere } from './photos.ts';

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
const PLACE = `INSERT INTO orders (id, owner_id, photo_id, size, quantity, cents)
               SELECT $5, $1, $2, size, $4, cents * $4 FROM prices WHERE size = $3
               RETURNING id, photo_id, size, quantity, cents, created_at`;
const OF_USER = 'SELECT id, photo_id, size, quantity, cents, created_at FROM orders WHERE owner_id = $1 ORDER BY id DESC LIMIT 50';

const PHOTO_THERE = 'SELECT 1 FROM photos WHERE id = $1';

export function postgresOrders(database: Database, ids: Ids): Orders {
  return {
    async prices() {
      const rows = await database.read(EVERYBODY, (query) =>
        query<{ size: string; cents: number }>('prices', 'SELECT size, cents FROM prices ORDER BY cents'),
      );
      return new Map(rows.map((row) => [row.size, row.cents]));
    },
    async place(userId, photoId, size, quantity) {
      // Asked where it is written: a replica may not have a new photo yet. Its row may stand in another database than the order's.
      const [photo] = await database.write(photoId, (query) => query('photo-there', PHOTO_THERE, [photoId]));
      if (photo === undefined) throw new NotThere('The photo does not exist.');
      const [row] = await orNotThere(() =>
        database.write(userId, (query) => query<Row>('order', PLACE, [userId, photoId, size, quantity, ids.of(userId)])),
      );
      return row === undefined ? null : toOrder(row);
    },
    ofUser: async (userId) => (await database.read(userId, (query) => query<Row>('orders', OF_USER, [userId]))).map(toOrder),
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
