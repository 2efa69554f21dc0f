import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { declarations } from '@loadstair/components/declarations';
import { openHostLog } from './host-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Entries of the log of a host whose program wrote these chunks. */
async function logged(kind: string, chunks: readonly string[]): Promise<Record<string, unknown>[]> {
  const log = openHostLog(join(folder, 'host.log'), 'db-1');
  const output = Readable.from(chunks);
  log.follow(kind, output, declarations.get(kind)?.log);
  await once(output, 'close');
  await new Promise((resolve) => setImmediate(resolve));
  await log.close();
  return readFileSync(log.file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log of a host', () => {
  it('on a full disk loses lines, counts them, and ends nothing', async () => {
    const log = openHostLog('/dev/full', 'web-1');
    const output = Readable.from(['one\n', 'two\n']);
    log.follow('site', output);
    await once(output, 'close');
    for (let tries = 0; log.lost === 0 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    log.write('lab', 'after it');
    await log.close();
    expect(log.lost).toBeGreaterThan(0);
  });

  it('keeps JSON as it came, and wraps every other line', async () => {
    const log = openHostLog(join(folder, 'host.log'), 'web-1');
    const output = Readable.from(['{"msg":"ready"}\n', 'plain\n']);
    log.follow('site', output);
    await once(output, 'close');
    await log.close();
    const [first, second] = readFileSync(log.file, 'utf8').trim().split('\n');
    expect(first).toBe('{"msg":"ready"}');
    expect(JSON.parse(second ?? '')).toMatchObject({ host: 'web-1', component: 'site', msg: 'plain' });
  });

  it('has the fields of a program whose format is declared, with the lines of one message in one entry', async () => {
    const [kind = ''] = [...declarations].find(([, { log }]) => log?.fields.includes('sqlstate') === true) ?? [];
    const prefix = '1764527045.123 [4711] 23505 <127.1.0.3> <site> ';
    const entries = await logged(kind, [
      `${prefix}ERROR:  duplicate key value\n${prefix}DETAIL:  Key (id)=(7) already exists.\n${prefix}STATEMENT:  INSERT INTO photos\n\tVALUES ($1)\n`,
      '1764527046.000 [12] 00000 <> <> LOG:  checkpoint starting: time\n',
    ]);
    expect(entries).toEqual([
      {
        level: 50,
        time: 1_764_527_045_123,
        host: 'db-1',
        component: kind,
        msg: 'duplicate key value',
        pid: 4711,
        severity: 'ERROR',
        sqlstate: '23505',
        client: '127.1.0.3',
        user: 'site',
        detail: 'Key (id)=(7) already exists.',
        statement: 'INSERT INTO photos\nVALUES ($1)',
      },
      expect.objectContaining({ level: 30, time: 1_764_527_046_000, msg: 'checkpoint starting: time' }),
    ]);
  });
});
