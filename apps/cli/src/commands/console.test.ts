import { expect, it } from '@jest/globals';
import type { Io } from '@loadstair/terminal-view/io';
import { sayAddress } from './console.ts';

/** What is written for a labd on port 4602, with these variables set. */
function said(environment: Readonly<Record<string, string>>): { out: string; err: string } {
  const written = { out: '', err: '' };
  const io = { out: { write: (text: string) => (written.out += text) }, err: { write: (text: string) => (written.err += text) } };
  sayAddress({ pages: 'http://127.0.0.1:4602', key: 'k' }, { io: io as unknown as Io, environment });
  return written;
}

it('says where the console is, and over ssh how to get there with the same port on both sides', () => {
  const out = 'console  http://127.0.0.1:4602/#key=k\n';
  expect(said({})).toEqual({ out, err: '' });
  expect(said({ SSH_CONNECTION: '10.0.0.2 50000 10.0.0.3 22' })).toEqual({
    out,
    err: 'on your own machine first: ssh -L 4602:127.0.0.1:4602 <this machine>\n',
  });
});
