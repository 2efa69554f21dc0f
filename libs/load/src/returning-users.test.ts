import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { FIRST_SERVER } from '@loadstair/loadprofiles';

const BALANCER = join(import.meta.dirname, '../../render/src/testing/stage-3/hosts/lb-1/haproxy.cfg');

it('users who come back have the cookie by which the balancer knows its first server', () => {
  const [[name, value] = []] = Object.entries(FIRST_SERVER);
  const config = readFileSync(BALANCER, 'utf8');
  expect(config).toMatch(new RegExp(`^ {2}cookie ${name} insert`, 'm'));
  expect(/^ {2}server .* cookie (\S+) /m.exec(config)?.[1]).toBe(value);
});
