import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { checkFree } from './ports.ts';
import { processCpuSeconds, readMachine } from './read-machine.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))));

const listen = (address: string): Promise<number> =>
  new Promise((resolve) => {
    server = createServer().listen(0, address, () => resolve((server?.address() as AddressInfo).port));
  });

describe('checkFree', () => {
  it.each(['127.119.0.2', '0.0.0.0'])('names who holds a port on %s', async (held) => {
    const port = await listen(held);
    await expect(checkFree([{ address: '127.119.0.2', port }], 7)).rejects.toMatchObject({
      code: 'E_PORT_TAKEN',
      what: `Port ${port} on 127.119.0.2 is taken.`,
      why: expect.stringMatching(new RegExp(`^pid ${process.pid} \\(node`)),
      do: 'add --instance 8, or stop that program',
    });
  });

  it('lets the same port be held on another address, and leaves it free', async () => {
    const port = await listen('127.119.0.3');
    const place = { address: '127.119.0.2', port };
    await checkFree([place], 7);
    await checkFree([place], 7);
  });
});

describe('readMachine', () => {
  it('counts up, and no faster than the cores can', () => {
    const before = readMachine();
    const ownBefore = processCpuSeconds(process.pid);
    const untilMs = Date.now() + 60;
    while (Date.now() < untilMs) Math.sqrt(untilMs);
    const after = readMachine();
    expect(after.cores).toBeGreaterThan(0);
    expect(after.memoryAvailableBytes).toBeGreaterThan(2 ** 20);
    expect(after.busySeconds).toBeGreaterThan(before.busySeconds);
    expect(processCpuSeconds(process.pid)).toBeGreaterThan(ownBefore);
    expect(processCpuSeconds(2 ** 30)).toBe(0);
  });
});
