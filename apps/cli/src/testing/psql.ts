import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Asks a database server of the lab over its local socket, which only root can enter; rows are lines, columns stand between `|`. */
export async function psql(instance: number, host: string, sql: string): Promise<string> {
  const folder = `/run/loadstair/${instance}/${host}`;
  const { stdout } = await run('psql', ['-h', folder, '-U', 'loadstair', '-d', 'photos', '-Atqc', sql], { timeout: 10_000 });
  return stdout.trim();
}
