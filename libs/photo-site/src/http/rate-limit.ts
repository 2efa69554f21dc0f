import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.ts';

const MAX_CLIENTS = 10_000;
/** The longest way to write an address; behind it, an IPv6 address may have a zone of any length. */
const MAX_ADDRESS = 45;

/**
 * A token bucket a client address: `perSecond` on average, twice that at once. It bounds what one client can do to the
 * site; profiles stay far below it.
 */
export function rateLimit(perSecond: number, now: () => number = () => performance.now()): RequestHandler {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const size = perSecond * 2;
  return (request, _response, next) => {
    const key = clientOf(request);
    const at = now();
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      bucket = { tokens: size, at };
      buckets.set(key, bucket);
      if (buckets.size > MAX_CLIENTS) buckets.delete(buckets.keys().next().value as string);
    }
    bucket.tokens = Math.min(size, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
    if (bucket.tokens < 1) return next(new Problem(429, `At most ${perSecond} requests a second from one client.`, { 'retry-after': '1' }));
    bucket.tokens -= 1;
    next();
  };
}

/** What a proxy says of the client, when it is an address; else who is connected. Short, because many are kept. */
function clientOf({ ip, socket }: Request): string {
  return ip !== undefined && ip.length <= MAX_ADDRESS && isIP(ip) !== 0 ? ip : (socket.remoteAddress ?? '');
}
