import { expect, it } from '@jest/globals';
import { copiedFile } from './copied-answers.ts';

it.each([
  ['/api/runs', 'api/runs.json.gz'],
  ['/api/runs?search=&page=1', 'api/runs.json.gz'],
  ['/api/runs?page=2', 'api/runs@page=2.json.gz'],
  ['/api/runs/3f9k/events', 'api/runs/3f9k/events.ndjson.gz'],
  ['/api/runs/3f9k/report', 'api/runs/3f9k/report.html'],
  ['/api/compare?stages=1%2C2&profile=mixed', 'api/compare@profile=mixed@stages=1~2C2.json.gz'],
  ['/api/runs/3f9k/logs?q=a%2Fb%3F*~', 'api/runs/3f9k/logs@q=a~2Fb~3F~2A~7E.json.gz'],
  ['/pictures/5/read-through.svg', 'pictures/5/read-through.svg'],
])('%s is kept in %s', (address, file) => {
  expect(copiedFile(address)).toBe(file);
});

it('is the same for one question, however it is written', () => {
  expect(copiedFile('/api/compare?profile=mixed&stages=1%2C2&baseline=')).toBe(copiedFile('/api/compare?stages=1,2&profile=mixed'));
});

it('is the same for every learner', () => {
  expect(copiedFile('/api/labs/3?learner=Anna')).toBe(copiedFile('/api/labs/3'));
});

it('differs for different questions', () => {
  const asked = ['a', 'A%2F', '~2F', '%2F', 'a&host=b', 'a@host=b'].map((q) => copiedFile(`/api/runs/3f9k/logs?q=${q}`));
  expect(new Set(asked).size).toBe(asked.length);
});
