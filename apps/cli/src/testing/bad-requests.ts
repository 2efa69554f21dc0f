import fc, { type Arbitrary } from 'fast-check';
import type { RawRequest } from './raw-request.ts';

/** As much of an OpenAPI document as requests are made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
}

interface ApiOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

export interface Target {
  readonly document: ApiDocument;
  /** Headers of somebody who may do everything. */
  readonly key: readonly [string, string];
  /** A picture that the site reads, to be cut and changed. */
  readonly picture: Buffer;
  /** Whether a request that happens to be valid may be sent with the key. */
  readonly mayChange: boolean;
}

const MEGABYTE = 'x'.repeat(1_000_000);
const HARD_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  '99999999999999999999',
  'NaN',
  'a\0b',
  '\u202e',
  "'; DROP TABLE likes; --",
  '../../etc/passwd',
];
const HARD_VALUES: readonly unknown[] = [
  ...HARD_TEXTS,
  ...[null, true, [], {}, -1, 0, 1.5, 1e308, -1e308, 2_147_483_648, 9_007_199_254_740_993, '\ud800', MEGABYTE, [[[[[[]]]]]]],
  ...[JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}'), Array.from({ length: 10_000 }, () => 0)],
];
const HARD_PATHS = [
  ...[
    '/%',
    '/%00',
    '/%c0%ae%c0%ae/',
    '/..%2f..%2fetc%2fpasswd',
    '//',
    '//x/..',
    '/?a=1&a=2&a[]=3',
    '*',
    'http://elsewhere.example/',
    '/\xff',
  ],
  ...[
    '/static/%00',
    '/static/..%2fpackage.json',
    `/static/${'a'.repeat(300)}`,
    `/${'a'.repeat(9_000)}`,
    '/static/site.css/x',
    '/assets/%2e%2e/x',
  ],
];
const HARD_HEADERS: readonly (readonly [string, string])[] = [
  ['host', 'elsewhere.example'],
  ['authorization', 'Bearer \xff\xfe'],
  ['authorization', 'Basic eDp5'],
  ['cookie', `session=${'a'.repeat(4_000)}; session=; =;;`],
  ['x-forwarded-for', 'nobody, 1.2.3.4, \xff'],
  ['traceparent', '00-zz-zz-zz'],
  ['range', 'bytes=5-1,-9999999999'],
  ['if-none-match', '"\xff'],
  ['if-modified-since', 'yesterday'],
  ['expect', 'a-miracle'],
  ['upgrade', 'websocket'],
  ['accept', ';;q=x'],
  ['content-length', '-5'],
  ['content-length', '99999999999999999999'],
  ['transfer-encoding', 'gzip, chunked'],
  ['origin', 'null'],
  ['x-long', 'a'.repeat(20_000)],
  ['bad name', 'x'],
  ['last-event-id', '-1e300'],
];
const TYPES = [
  'application/json',
  'application/json; charset=klingon',
  'text/plain',
  'image/png',
  'image/webp',
  'multipart/form-data',
  '\xff',
  '',
];
const ENCODINGS = ['gzip', 'br', 'deflate', 'nonsense'];
const ODD_METHODS = ['PUT', 'PATCH', 'OPTIONS', 'TRACE', 'HEAD', 'CONNECT', 'PROPFIND', 'BREW', 'get'];
const BROKEN_JSON = ['{', 'nul', '"', '{"a":}', '[1,]', '\ufeff{', '{"a":1}{"b":2}', '['.repeat(5_000), '{"a":'.repeat(5_000), '\0'];
/** Costs a second of CPU in a program that draws it. */
const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="1000"><filter id="f"><feMorphology radius="99"/></filter></svg>',
);

/** Requests that a client of good will would not send, made from what an API says of itself. */
export function badRequests(target: Target): Arbitrary<RawRequest> {
  const operations = Object.entries(target.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return fc.constantFrom(...operations).chain(({ path, method, operation }) =>
    fc
      .record({
        path: fc.oneof({ weight: 6, arbitrary: pathOf(path, operation) }, { weight: 1, arbitrary: fc.constantFrom(...HARD_PATHS) }),
        method: fc.oneof({ weight: 7, arbitrary: fc.constant(method) }, { weight: 1, arbitrary: fc.constantFrom(...ODD_METHODS) }),
        hard: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.constantFrom(...HARD_HEADERS), { maxLength: 3 })),
        content: method === 'GET' ? noContent() : contentOf(operation, target.picture),
        missing: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100_000 })),
        signedIn: fc.boolean(),
      })
      .map(({ path: where, method: verb, hard, content, missing, signedIn }) => {
        const invalid = content.kind === 'broken' && missing === 0 && verb === method;
        const withKey = signedIn && (target.mayChange || (invalid && operation.requestBody !== undefined));
        return {
          method: verb,
          path: where,
          headers: [...content.headers, ...(withKey ? [target.key] : []), ...hard],
          body: content.body,
          missing,
        };
      }),
  );
}

interface Content {
  /** No server can take a broken one for valid. */
  readonly kind: 'broken' | 'perhaps-valid';
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

const hardText = (): Arbitrary<string> => fc.oneof(fc.constantFrom(...HARD_TEXTS), fc.string({ unit: 'binary', maxLength: 30 }));

/** The path with bad values for its parameters, and for those behind the question mark: some left out, some given twice. */
function pathOf(path: string, { parameters = [] }: ApiOperation): Arbitrary<string> {
  const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
  const inPath = path
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? fc.oneof(hardText().map(encode), fc.constant('12')) : fc.constant(part)));
  const names = ['unknown', ...parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)];
  const pair = fc.tuple(fc.constantFrom(...names), hardText()).map(([name, value]) => `${name}=${encode(value)}`);
  return fc
    .tuple(fc.tuple(...inPath), fc.array(pair, { maxLength: 4 }))
    .map(([parts, pairs]) => `${parts.join('')}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`);
}

function noContent(): Arbitrary<Content> {
  return fc.constant({ kind: 'perhaps-valid', headers: [], body: Buffer.alloc(0) });
}

function contentOf(operation: ApiOperation, picture: Buffer): Arbitrary<Content> {
  const content = operation.requestBody?.content ?? {};
  if (Object.keys(content).some((type) => type.startsWith('image/'))) return fc.oneof(pictures(picture), otherTypes(Buffer.from('{}')));
  const schema = content['application/json']?.schema ?? {};
  const sample = sampleOf(schema);
  return fc.oneof(
    { weight: 4, arbitrary: changedJson(sample) },
    { weight: 1, arbitrary: brokenJson() },
    { weight: 1, arbitrary: otherTypes(Buffer.from(JSON.stringify(sample))) },
  );
}

const JSON_TYPE = [['content-type', 'application/json']] as const;

/** A valid body with a wrong value somewhere, and a property that the API does not know. */
function changedJson(sample: unknown): Arbitrary<Content> {
  return fc
    .tuple(fc.nat(20), fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HARD_VALUES) }, fc.jsonValue()), fc.boolean())
    .map(([place, value, known]) => {
      const changed = replaceAt(sample, place, value);
      const isObject = typeof changed === 'object' && changed !== null && !Array.isArray(changed);
      const unknown = isObject && !known;
      const whole = unknown ? { ...changed, noSuchProperty: 1 } : changed;
      return { kind: unknown ? 'broken' : 'perhaps-valid', headers: JSON_TYPE, body: Buffer.from(JSON.stringify(whole)) };
    });
}

function brokenJson(): Arbitrary<Content> {
  return fc.constantFrom(...BROKEN_JSON).map((text) => ({ kind: 'broken', headers: JSON_TYPE, body: Buffer.from(text) }));
}

function otherTypes(body: Buffer): Arbitrary<Content> {
  const type = fc.constantFrom(...TYPES).map((value) => [['content-type', value]] as const);
  const encoding = fc.constantFrom(...ENCODINGS).map((value) => [...JSON_TYPE, ['content-encoding', value]] as const);
  return fc.oneof(type, encoding).map((headers) => ({ kind: 'perhaps-valid', headers, body }));
}

/** Pictures that are cut, changed, of another kind, or none. */
function pictures(whole: Buffer): Arbitrary<Content> {
  const cut = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
  const changed = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
    const bytes = Buffer.from(whole);
    for (const [place, byte] of changes) bytes[place] = byte;
    return bytes;
  });
  const headed = fc
    .uint8Array({ maxLength: 500 })
    .chain((rest) =>
      fc
        .constantFrom('\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\0\0\0\0WEBP', 'GIF89a', '%PDF-1.7', 'II*\0')
        .map((head) => Buffer.concat([Buffer.from(head, 'latin1'), rest])),
    );
  const type = fc.constantFrom('image/jpeg', 'image/png', 'image/webp', 'image/svg+xml');
  return fc
    .tuple(type, fc.oneof(cut, changed, headed, fc.constant(SVG), fc.constant(Buffer.alloc(2_200_000))))
    .map(([value, body]) => ({ kind: 'perhaps-valid', headers: [['content-type', value]], body }));
}

/** Some value that fits a schema closely enough for a mistake in it to be found behind the first check. */
function sampleOf(schema: JsonSchema): unknown {
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice !== undefined) return sampleOf(choice);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, sampleOf(property)]));
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}

/** A copy with another value at one of its places, counted through all objects and arrays. */
function replaceAt(sample: unknown, place: number, value: unknown): unknown {
  const places = countPlaces(sample);
  let left = place % places;
  const copy = (part: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, copy(inner)]));
  };
  return copy(sample);
}

function countPlaces(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 1;
  return 1 + Object.values(part).reduce<number>((all, inner) => all + countPlaces(inner), 0);
}
