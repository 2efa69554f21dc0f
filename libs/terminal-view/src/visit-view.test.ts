import { expect, it } from '@jest/globals';
import { plainStream } from './io.ts';
import { visitLines, type Visits } from './visit-view.ts';

const out = plainStream(() => {});
const JSON_TEXT = `{"id":12,"phoneNumbers":["${'5'.repeat(100)}"]}`;
const answered: Visits['app'] = {
  name: 'photos.lab',
  address: '127.7.100.1',
  lookupMs: 1.24,
  answerMs: 8.31,
  status: 200,
  type: 'application/json',
  servedBy: 'web-1',
  edge: null,
  bytes: JSON_TEXT.length,
  text: JSON_TEXT,
  error: null,
};
const page: Visits['browser'] = { ...answered, type: 'text/html', answerMs: 14, text: '<html></html>', bytes: 2_048 };
const file = { path: '/static/site.css', visit: { ...answered, type: 'text/css', text: 'a {}' } };

it('shows the address, both times, both forms of the path, and the JSON as it came', () => {
  expect(visitLines({ path: '/users/12', browser: page, app: answered, file }, out)).toEqual([
    'photos.lab is 127.7.100.1   DNS answered in 1.2 ms',
    '  browser  GET /users/12   200 text/html 2,048 bytes in 14 ms, from web-1',
    '  app      GET /users/12   200 application/json 129 bytes in 8.3 ms, from web-1',
    JSON_TEXT,
    '',
    '  file     GET /static/site.css   200 text/css 129 bytes in 8.3 ms, from web-1',
  ]);
});

it('names the address of files where they have a name of their own, and says whether an edge had them', () => {
  const edge = { ...file.visit, name: 'cdn.photos.lab', address: '127.7.100.9', servedBy: 'web-2', edge: 'hit' };
  const lines = visitLines({ path: '/', browser: page, app: { ...answered, type: 'text/html' }, file: { ...file, visit: edge } }, out);
  expect(lines.slice(3)).toEqual([
    '',
    'cdn.photos.lab is 127.7.100.9   DNS answered in 1.2 ms',
    '  file     GET /static/site.css   200 text/css 129 bytes in 8.3 ms, a hit at an edge',
  ]);
});

it('says what failed: the name, or the answer', () => {
  const lost = { ...answered, address: null, answerMs: null, status: null, error: 'queryA ENOTFOUND photos.lab' };
  const silent = { ...answered, status: null, error: 'no answer in 6 s' };
  const lines = visitLines({ path: '/', browser: lost, app: silent, file }, out).join('\n');
  expect(lines).toContain('photos.lab has no address: queryA ENOTFOUND photos.lab');
  expect(lines).toContain('app      GET /   no answer: no answer in 6 s');
});
