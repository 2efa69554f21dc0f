import type { Filters } from '@loadstair/lab-api/run-filter';

export const KINDS: Readonly<Record<Exclude<Filters['kind'], ''>, string>> = {
  run: 'load profile',
  search: 'capacity search',
  experiment: 'experiment',
};

export const RESULTS: Readonly<Record<Exclude<Filters['result'], ''>, string>> = {
  named: '▲ limit named',
  'none-in-range': '– nothing ran out',
  unexplained: '? unexplained',
  refused: '× refused',
  held: '✓ expectations met',
  'not-held': '✗ expectations not met',
};

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filters that an address asks for; what no list of runs knows is left out. */
export function filtersIn(query: URLSearchParams): Filters {
  const text = (name: string): string => query.get(name) ?? '';
  const day = (name: string): string => (A_DAY.test(text(name)) ? text(name) : '');
  const oneOf = <Name extends string>(name: string, words: Readonly<Record<Name, string>>): Name | '' =>
    Object.hasOwn(words, text(name)) ? (text(name) as Name) : '';
  return {
    search: text('q'),
    stage: /^\d{1,2}$/.test(text('stage')) ? text('stage') : '',
    kind: oneOf('kind', KINDS),
    result: oneOf('result', RESULTS),
    from: day('from'),
    to: day('to'),
    starred: text('starred') === '1' ? '1' : '',
  };
}

export function asksForAny(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== '');
}
