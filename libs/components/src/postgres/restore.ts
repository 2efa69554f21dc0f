import type { ClientBase } from 'pg';
import type { Conflict, Restored } from '../component.ts';

interface Table {
  readonly name: string;
  readonly key: readonly string[];
  /** Which of its rows users made: the seeded ones are everywhere. */
  readonly made: string;
  /** Whether a row with the same key says the same whatever else it holds. */
  readonly keyIsAll?: true;
}

const seeded = (kind: string): string => `(SELECT rows FROM seeded WHERE kind = '${kind}')`;

/** In an order in which what others refer to comes first. */
const TABLES: readonly Table[] = [
  { name: 'users', key: ['id'], made: `id > ${seeded('users')}` },
  { name: 'phone_numbers', key: ['user_id', 'position'], made: `user_id > ${seeded('users')}` },
  { name: 'user_documents', key: ['user_id'], made: `user_id > ${seeded('users')}` },
  { name: 'images', key: ['id'], made: `id IN (SELECT image_id FROM photos WHERE id > ${seeded('photos')})` },
  { name: 'photos', key: ['id'], made: `id > ${seeded('photos')}` },
  { name: 'likes', key: ['photo_id', 'user_id'], made: `id > ${seeded('likes')}`, keyIsAll: true },
  { name: 'comments', key: ['id'], made: `id > ${seeded('comments')}` },
  { name: 'orders', key: ['id'], made: `id > ${seeded('orders')}` },
];

/** SQLSTATE 23503: the row referred to is not there. */
const NOT_THERE = '23503';

/** Copies what users wrote from one database to another where it is missing. Safe to do again. */
export async function restoreMissing(from: ClientBase, to: ClientBase): Promise<Restored> {
  const restored: Record<string, number> = {};
  const conflicts: Conflict[] = [];
  let present = 0;
  for (const table of TABLES) {
    const rows = await rowsOf(from, table);
    const missing = await notIn(to, table, rows);
    present += rows.length - missing.length;
    for (const row of missing) {
      const reason = await insert(to, table, row);
      if (reason === null) restored[table.name] = (restored[table.name] ?? 0) + 1;
      else conflicts.push({ table: table.name, row: keyText(table, row), reason });
    }
    if ((restored[table.name] ?? 0) > 0) await passNumbers(to, table);
  }
  return { restored, present, conflicts };
}

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(client: ClientBase, { name, key, made }: Table): Promise<Row[]> {
  const { rows } = await client.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM ${name} t WHERE ${made} ORDER BY ${key.join(', ')}`);
  return rows.map(({ row }) => row);
}

async function notIn(client: ClientBase, { name, key, keyIsAll }: Table, rows: readonly Row[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const same = keyIsAll === true ? key.map((column) => `t.${column} = r.${column}`).join(' AND ') : 't IS NOT DISTINCT FROM r';
  const { rows: found } = await client.query<{ place: number }>(
    `SELECT place::int FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (row, place),
            jsonb_populate_record(NULL::${name}, given.row) AS r
      WHERE NOT EXISTS (SELECT 1 FROM ${name} t WHERE ${key.map((column) => `t.${column} = r.${column}`).join(' AND ')} AND ${same})
      ORDER BY place`,
    [JSON.stringify(rows)],
  );
  return found.map(({ place }) => rows[place - 1] as Row);
}

/** Null when it is there now, else why it cannot be. */
async function insert(client: ClientBase, { name }: Table, row: Row): Promise<string | null> {
  try {
    const { rowCount } = await client.query(
      `INSERT INTO ${name} SELECT * FROM jsonb_populate_record(NULL::${name}, $1::jsonb) ON CONFLICT DO NOTHING`,
      [JSON.stringify(row)],
    );
    return rowCount === 1 ? null : 'another row was written in its place';
  } catch (error) {
    if ((error as { code?: string }).code === NOT_THERE) return 'what it refers to is not there';
    throw error;
  }
}

/** New rows must not be given the numbers of restored ones. */
async function passNumbers(client: ClientBase, { name }: Table): Promise<void> {
  const { rows } = await client.query<{ sequence: string | null }>(
    `SELECT pg_get_serial_sequence($1, column_name) AS sequence FROM information_schema.columns
      WHERE table_name = $1 AND column_name = 'id' AND is_identity = 'YES'`,
    [name],
  );
  const sequence = rows[0]?.sequence;
  if (sequence === undefined || sequence === null) return;
  await client.query(`SELECT setval('${sequence}', greatest((SELECT max(id) FROM ${name}), (SELECT last_value FROM ${sequence})))`);
}

function keyText({ key }: Table, row: Row): string {
  return key.map((column) => `${column}=${String(row[column])}`).join(' ');
}
