import { expect, it } from '@jest/globals';
import { asksForAny, filtersIn } from './filters.ts';

it('takes from the address what lists of runs can be asked for, and nothing else', () => {
  expect(filtersIn(new URLSearchParams('q=db&stage=3&kind=search&result=refused&from=2026-11-01&to=2026-11-30&starred=1'))).toEqual({
    search: 'db',
    stage: '3',
    kind: 'search',
    result: 'refused',
    from: '2026-11-01',
    to: '2026-11-30',
    starred: '1',
  });
  const none = filtersIn(new URLSearchParams('stage=x&kind=toString&result=bad&from=soon&to=2026&starred=yes'));
  expect(Object.values(none)).toEqual(['', '', '', '', '', '', '']);
  expect(asksForAny(none)).toBe(false);
  expect(asksForAny({ ...none, from: '2026-11-01' })).toBe(true);
});
