import type { ClientBase } from 'pg';
import type { Conflict, Restored } from '../component.ts';
import type { RestorableTable } from '../database-content.ts';

/** SQLSTATE 23503: the row referred to is not there. */
const NOT_THERE = '23503';

/** Copies what users wrote to these tables from one database to another where it is missing. Safe to do again. */
export async function restoreMissing(tables: readonly RestorableTable[], from: ClientBase, to: ClientBase): Promise<Restored> {
  const restored: Record<string, number> = {};
  const conflicts: Conflict[] = [];
  let present = 0;
  for (const table of tables) {
    const rows = await rowsOf(from, table);
    const missing = await notIn(to, table, rows);
    present += rows.length - missing.length;
    for (const row of missing) {
      const reason = await insert(to, table, row);
      if (reason === null) restored[table.name] = (restored[table.name] ?? 0) + 1;
      else conflicts.push({ table: table.name, row: keyText(table, row), reason });
    }
  }
  return { restored, present, conflicts };
}

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(client: ClientBase, { name, key, made }: RestorableTable): Promise<Row[]> {
  const { rows } = await client.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM ${name} t WHERE ${made} ORDER BY ${key.join(', ')}`);
  return rows.map(({ row }) => row);
}

async function notIn(client: ClientBase, { name, key, keyIsAll }: RestorableTable, rows: readonly Row[]): Promise<Row[]> {
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
async function insert(client: ClientBase, { name }: RestorableTable, row: Row): Promise<string | null> {
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

function keyText({ key }: RestorableTable, row: Row): string {
  return key.map((column) => `${column}=${String(row[column])}`).join(' ');
}
