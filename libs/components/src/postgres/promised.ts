import type { ClientBase } from 'pg';
import type { PromisedRow } from '@loadstair/operations';

/**
 * Which of these rows are not there, or say something else; in their order.
 *
 * @param marks by table: SQL of a row's mark
 */
export async function missingRows(
  client: ClientBase,
  marks: Readonly<Record<string, string>>,
  rows: readonly PromisedRow[],
): Promise<PromisedRow[]> {
  const unknown = rows.find(({ table }) => marks[table] === undefined);
  if (unknown !== undefined) throw new Error(`Rows of ${unknown.table} have no mark to look for.`);
  const missing = new Set<PromisedRow>();
  for (const [table, mark] of Object.entries(marks)) {
    const own = rows.filter((row) => row.table === table);
    if (own.length === 0) continue;
    const { rows: found } = await client.query<{ place: number }>(
      `SELECT place FROM jsonb_to_recordset($1::jsonb) AS promised (place int, id bigint, mark text)
        WHERE NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.id = promised.id AND t.${mark} = promised.mark)`,
      [JSON.stringify(own.map((row, place) => ({ place, id: row.id, mark: row.mark })))],
    );
    for (const { place } of found) missing.add(own[place] as PromisedRow);
  }
  return rows.filter((row) => missing.has(row));
}
