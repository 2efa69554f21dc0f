import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

it('shows a class whose logs are saved by any editor, without what steers a terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadstair-class-'));
  try {
    const log = (learner: string, id: string): string =>
      JSON.stringify({
        schema: 2,
        kind: 'lablog',
        id,
        learner,
        exportedAt: '2026-11-24T20:00:00.000Z',
        labs: [],
        games: [],
        test: { before: null, after: null },
      });
    writeFileSync(join(folder, 'a.lablog.json'), `\ufeff${log('Anna', '0000000a')}`);
    writeFileSync(join(folder, 'b.lablog.json'), Buffer.from(`\ufeff${log('Björn', '0000000b')}`, 'utf16le'));
    writeFileSync(join(folder, 'c.lablog.json'), log('Carl\u001b]0;gone\u0007', '0000000c'));
    mkdirSync(join(folder, 'd.lablog.json'));
    const main = join(import.meta.dirname, '../main.ts');
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--conditions=@loadstair/source', main, 'workshop', '--class', folder, '--json'],
      { encoding: 'utf8' },
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    for (const name of ['Anna', 'Björn', 'Carl]0;gone']) expect(stdout).toContain(`"${name}"`);
    expect(stdout).not.toMatch(/\\u001b|\\u0007/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
