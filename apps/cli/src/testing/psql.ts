import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Asks a database server of the lab; rows are lines, columns stand between `|`. */
export async function psql(address: string, sql: string): Promise<string> {
  const { stdout } = await run('psql', ['-h', address, '-U', 'loadstair', '-d', 'photos', '-Atqc', sql], { timeout: 10_000 });
  return stdout.trim();
}
