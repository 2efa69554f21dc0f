import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openHostLog, startInGroups } from './supervisor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
});

describe('a program of a host', () => {
  it('has a clean environment, whatever started the lab has in its own', async () => {
    process.env['LOADSTAIR_TEST_SECRET'] = 'sesame';
    const log = openHostLog(join(folder, 'host.log'), 'web-1');
    const started = startInGroups(
      { command: 'env', args: [], env: { SITE_POOL: '20' }, cwd: folder },
      { user: null, view: [], joinFiles: [] },
      log,
      'site',
      () => {},
    );
    await started.ended;
    delete process.env['LOADSTAIR_TEST_SECRET'];
    await log.close();
    const text = readFileSync(log.file, 'utf8');
    expect(text).toContain('SITE_POOL=20');
    expect(text).not.toMatch(/sesame|HOME=/);
  });

  it('that ends by itself says how', async () => {
    const log = openHostLog(join(folder, 'host.log'), 'web-1');
    const details: string[] = [];
    const started = startInGroups(
      { command: 'sh', args: ['-c', 'kill -9 $$'], env: {}, cwd: folder },
      { user: null, view: [], joinFiles: [] },
      log,
      'site',
      (detail) => details.push(detail),
    );
    await started.ended;
    await log.close();
    expect(details).toEqual(['site ended by itself: SIGKILL']);
  });
});
