import type { ClientBase } from 'pg';
import type { PromisedRow } from '../component.ts';

/** Where each table holds a row's mark. */
const MARKS = { comments: 'body', orders: 'photo_id::text', photos: 'caption' } as const satisfies Record<PromisedRow['table'], string>;

/** Which of these rows are not there, or say something else; in their order. */
export async function missingRows(client: ClientBase, rows: readonly PromisedRow[]): Promise<PromisedRow[]> {
  const missing = new Set<PromisedRow>();
  for (const [table, mark] of Object.entries(MARKS)) {
    const own = rows.filter((row) => row.table === table);
    if (own.length === 0) continue;
    const { rows: found } = await client.query<{ place: number }>(
      `SELECT place FROM jsonb_to_recordset($1::jsonb) AS promised (place int, id int, mark text)
        WHERE NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.id = promised.id AND t.${mark} = promised.mark)`,
      [JSON.stringify(own.map((row, place) => ({ place, id: row.id, mark: row.mark })))],
    );
    for (const { place } of found) missing.add(own[place] as PromisedRow);
  }
  return rows.filter((row) => missing.has(row));
}
