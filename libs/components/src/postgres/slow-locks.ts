/**
 * SQL of a hot row: every new row of these tables adds to one counter and keeps its row locked for `ms` before it commits, so
 * that writes go one after the other. What waits is a session, on a row lock; the CPU is free. Made before any replica follows,
 * so it waits for none. It works as its owner: the site's user may not touch the counter.
 */
export function slowLocks(ms: number, tables: readonly string[]): string {
  const triggers = tables.map(
    (table) => `CREATE OR REPLACE TRIGGER lab_fault_lock BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION lab_fault_lock();`,
  );
  return `BEGIN;
SET LOCAL synchronous_commit = local;
CREATE TABLE IF NOT EXISTS lab_fault_counter (id integer PRIMARY KEY, writes bigint NOT NULL) WITH (fillfactor = 10);
INSERT INTO lab_fault_counter VALUES (1, 0) ON CONFLICT DO NOTHING;
CREATE OR REPLACE FUNCTION lab_fault_lock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $fault$
BEGIN
  UPDATE lab_fault_counter SET writes = writes + 1 WHERE id = 1;
  PERFORM pg_sleep(${ms / 1000});
  RETURN NEW;
END $fault$;
${triggers.join('\n')}
COMMIT;`;
}
