import { afterAll, expect, it } from '@jest/globals';
import { eventually } from './testing/eventually.ts';
import { lab, labOk, statusOf } from './testing/lab-command.ts';
import { startInTerminal } from './testing/terminal.ts';

const INSTANCE = 39;
const AT = ['--instance', String(INSTANCE)] as const;
const TIMEOUT_MS = 240_000;
const STAYS_S = 20;

afterAll(async () => {
  await lab(['down', ...AT]);
}, 60_000);

it(
  'the address that a run prints outlives it in a terminal, and nothing is left when it was idle for long enough',
  async () => {
    const terminal = startInTerminal(['run', '1', '--profile', 'smoke', ...AT, '--yes'], undefined, STAYS_S);
    const { stdout } = await terminal.ended;
    const [, page = ''] = /console {2}(http:\S+)/.exec(stdout) ?? [];
    expect(stdout).toContain(`for ${STAYS_S} s after its last use`);
    expect((await fetch(page, { headers: { accept: 'text/html' } })).status).toBe(200);
    expect((await fetch(page.replace('/runs/', '/api/runs/') + '/report')).headers.get('content-disposition')).toContain('attachment');
    expect(await labOk('status', ...AT)).toMatch(/serves the console, and ends in 1 min/);
    const gone = async (): Promise<true | null> => ((await statusOf(INSTANCE)).pid === null ? true : null);
    await eventually('labd has ended', 3 * STAYS_S * 1000, gone);
    await expect(fetch(page)).rejects.toThrow('fetch failed');
  },
  TIMEOUT_MS,
);
