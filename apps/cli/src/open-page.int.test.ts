import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { eventually } from './testing/eventually.ts';
import { startInTerminal } from './testing/terminal.ts';

const INSTANCE = 34;
const TIMEOUT_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'loadstair-open-'));
const opened = join(folder, 'opened');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
  'in a terminal o opens the page of the run, and Ctrl-C still stops it',
  async () => {
    const opener = join(folder, 'xdg-open');
    writeFileSync(opener, `#!/bin/sh\necho "$1" > ${opened}\n`);
    chmodSync(opener, 0o755);
    const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
    const terminal = startInTerminal(['run', '1', '--quick', '--instance', String(INSTANCE), '--yes'], path);
    const shown = await terminal.until(/console {2}\S+ {4}o: open/, TIMEOUT_MS);
    terminal.type('o');
    const address = await eventually(
      'the page is opened',
      10_000,
      () => (existsSync(opened) ? readFileSync(opened, 'utf8').trim() : '') || null,
    );
    expect(shown).toContain(address);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/runs\/\w{4}$/);
    terminal.type('\u0003');
    const { status } = await terminal.ended;
    expect(status).toBe(130);
  },
  TIMEOUT_MS,
);
