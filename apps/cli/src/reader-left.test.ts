import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { endWhenReaderLeaves, type Self } from './reader-left.ts';

describe('a reader that leaves', () => {
  const leave = (listeners: number, code: string): string[] => {
    const done: string[] = [];
    const stream = new EventEmitter();
    const self = {
      pid: 7,
      listenerCount: () => listeners,
      kill: (pid: number, signal: string) => Boolean(done.push(`kill ${pid} ${signal}`)),
      exit: (status: number) => done.push(`exit ${status}`),
    };
    endWhenReaderLeaves([stream], self as unknown as Self);
    for (let times = 0; times < 2; times += 1) stream.emit('error', Object.assign(new Error('write'), { code }));
    return done;
  };

  it('ends a command quietly, and stops once what has begun', () => {
    expect(leave(0, 'EPIPE')).toEqual(['exit 0']);
    expect(leave(0, 'ENOSPC')).toEqual(['exit 1']);
    expect(leave(1, 'EPIPE')).toEqual(['kill 7 SIGTERM']);
  });

  it('leaves no stack behind', async () => {
    const child = spawn(process.execPath, ['--conditions=@loadstair/source', join(import.meta.dirname, 'main.ts'), 'stages']);
    child.stdout.destroy();
    let words = '';
    child.stderr.on('data', (text: Buffer) => (words += text.toString()));
    const [status] = (await once(child, 'close')) as [number];
    expect({ status, words }).toEqual({ status: 0, words: '' });
  });
});
