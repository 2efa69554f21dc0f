/** What tells one person's answers from another's; a copy has no persons. */
const OF_A_PERSON = new Set(['learner', 'quick']);
/** What is asked where nothing is said. */
const UNSAID: Readonly<Record<string, string>> = { page: '1', minMs: '0' };
/** How the name of a file ends, by its address; what a page reads is packed. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/.*\/events$/, '.ndjson.gz'],
  [/^\/api\/.*\/report$/, '.html'],
  [/^\/api\//, '.json.gz'],
];

/**
 * Where a copy of the console without a server keeps the answer of an address: `api/runs.json.gz` for `/api/runs`,
 * `api/compare@profile=mixed@stages=1~2C2.json.gz` for a query. It is the same for every order of the query, and whether or not what is
 * empty is left out. Every file system and every file server takes its letters.
 *
 * @param address path and query, from the root of labd
 * @returns path from the root of the copy, without a slash before it
 */
export function copiedFile(address: string): string {
  const [path = '', query = ''] = address.split('?');
  const asked = [...new URLSearchParams(query)]
    .filter(([key, value]) => value !== '' && value !== UNSAID[key] && !OF_A_PERSON.has(key))
    .map(([key, value]) => `@${plain(key)}=${plain(value)}`)
    .toSorted();
  const ending = ENDINGS.find(([where]) => where.test(path))?.[1] ?? '';
  return `${path.replace(/^\//, '').replaceAll('%', '~')}${asked.join('')}${ending}`;
}

function plain(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!~*'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%', '~');
}
