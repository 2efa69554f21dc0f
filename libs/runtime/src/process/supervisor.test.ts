import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openHostLog } from './host-log.ts';
import { startInGroups } from './supervisor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
    expect(details).toEqual(['site exited unexpectedly: SIGKILL']);
  });
});
