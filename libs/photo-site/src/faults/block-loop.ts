import type { RequestHandler } from 'express';

/**
 * A synchronous call in a handler, as to a file on a slow disk: the thread waits, the CPU is free, and no other request
 * of the process goes on.
 */
export function blockLoop(ms: number): RequestHandler {
  const never = new Int32Array(new SharedArrayBuffer(4));
  return (_request, _response, next) => {
    Atomics.wait(never, 0, 0, ms);
    next();
  };
}
