import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { isAlive, startProcess, type StartedProcess } from './start-process.ts';
import { until } from './until.ts';

const shell = (script: string, options: Parameters<typeof startProcess>[2] = {}): StartedProcess =>
  startProcess('/bin/sh', ['-c', script], options);

describe('startProcess', () => {
  it('says how it ended, and gives its output', async () => {
    const child = shell('echo out; echo err >&2; exit 3', { output: 'pipe' });
    expect(child.running).toBe(true);
    expect(child.end).toBeNull();
    const [out, err] = await Promise.all([text(child.stdout as Readable), text(child.stderr as Readable)]);
    expect({ out, err, end: await child.closed }).toEqual({ out: 'out\n', err: 'err\n', end: { code: 3, signal: null, failed: null } });
    expect(await child.ended).toEqual(child.end);
    expect(child.running).toBe(false);
  });

  it('has ended when it cannot be started', async () => {
    const child = startProcess('/nowhere/program', []);
    expect(child.pid).toBeNull();
    expect((await child.ended).failed?.message).toMatch(/ENOENT/);
    await child.closed;
    expect(await child.stop()).toMatchObject({ code: null });
  });

  it('gives it the environment it is told and no other', async () => {
    process.env['KIT_TEST_SECRET'] = 'x';
    const child = shell('echo "${KIT_TEST_SECRET:-none} $MINE"', { output: 'pipe', env: { MINE: 'yes' } });
    delete process.env['KIT_TEST_SECRET'];
    expect(await text(child.stdout as Readable)).toBe('none yes\n');
  });

  it('asks first, and kills what does not listen', async () => {
    const polite = shell('trap "exit 7" TERM; echo ready; while :; do sleep 0.01; done', { output: 'pipe' });
    await ready(polite);
    expect(await polite.stop('SIGTERM', 10_000)).toMatchObject({ code: 7 });
    const deaf = shell('trap "" TERM; echo ready; while :; do sleep 0.01; done', { output: 'pipe' });
    await ready(deaf);
    expect(await deaf.stop('SIGTERM', 50)).toMatchObject({ code: null, signal: 'SIGKILL' });
    expect(await deaf.stop()).toMatchObject({ signal: 'SIGKILL' });
  });

  it('signals the process alone, or all that it started', async () => {
    const parent = shell('sleep 60 & echo $!; wait', { output: 'pipe', detached: true });
    const child = Number(await line(parent));
    expect(isAlive(child)).toBe(true);
    parent.signal('SIGTERM', 'group');
    expect(await parent.ended).toMatchObject({ signal: 'SIGTERM' });
    await until(() => !isAlive(child) || isZombie(child), { what: 'its child has ended', timeoutMs: 5_000 });
  });
});

function line(child: StartedProcess): Promise<string> {
  return new Promise((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim())));
}

async function ready(child: StartedProcess): Promise<void> {
  expect(await line(child)).toBe('ready');
}

/** Where the first process of a container reaps nobody, what has ended stays in the table. */
function isZombie(pid: number): boolean {
  return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
