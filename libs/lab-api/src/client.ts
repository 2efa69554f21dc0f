import type { Unchanged } from '@loadstair/kit';
import type { z } from 'zod';
import type { OPERATIONS } from './operations.ts';

type Operations = typeof OPERATIONS;
export type OperationName = keyof Operations;
/** Operations that answer one JSON value. */
export type CallName = { [Name in OperationName]: Operations[Name] extends { readonly answer: z.ZodType } ? Name : never }[OperationName];
export type StreamName = Exclude<OperationName, CallName>;
/** Streams of JSON, a value a line. */
export type EventsName = { [Name in OperationName]: Operations[Name] extends { readonly line: z.ZodType } ? Name : never }[OperationName];
/** Operations that only read. */
export type ReadName = Extract<CallName, `GET ${string}`>;
/** Operations that change something: they need the key. */
export type ChangeName = Exclude<CallName, ReadName>;

type ParametersIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | ParametersIn<Rest> : never;
type SchemaOf<Name extends OperationName, Part extends 'query' | 'body' | 'answer' | 'line'> =
  Operations[Name] extends Readonly<Record<Part, infer Schema extends z.ZodType>> ? Schema : never;
type PathOf<Name extends OperationName> = [ParametersIn<Name>] extends [never]
  ? unknown
  : { readonly path: Readonly<Record<ParametersIn<Name>, string>> };
type PartOf<Name extends OperationName, Part extends 'query' | 'body', As extends 'input' | 'output'> = [SchemaOf<Name, Part>] extends [
  never,
]
  ? unknown
  : { readonly [Key in Part]: Unchanged<As extends 'input' ? z.input<SchemaOf<Name, Part>> : z.output<SchemaOf<Name, Part>>> };

/** What a client gives: parameters of the path, the query and the body, where the operation has them. */
export type Given<Name extends OperationName> = PathOf<Name> & PartOf<Name, 'query', 'input'> & PartOf<Name, 'body', 'input'>;
/** What the server gets: the same, checked, with defaults filled in. */
export type Taken<Name extends OperationName> = PathOf<Name> & PartOf<Name, 'query', 'output'> & PartOf<Name, 'body', 'output'>;
export type AnswerOf<Name extends CallName> = Unchanged<z.output<SchemaOf<Name, 'answer'>>>;
export type EventOf<Name extends EventsName> = Unchanged<z.output<SchemaOf<Name, 'line'>>>;
/** The given, left out where an operation takes nothing. */
export type GivenTo<Name extends OperationName> = unknown extends Given<Name> ? [] : [given: Given<Name>];

export interface Sent {
  readonly method: string;
  /** Path and query. */
  readonly address: string;
  readonly body: unknown;
}

/** Calls operations by name; what they take and answer is known to the compiler. */
export type Call = <Name extends CallName>(name: Name, ...given: GivenTo<Name>) => Promise<AnswerOf<Name>>;

/**
 * A typed client over whatever sends requests.
 *
 * @param send resolves with the JSON of a good answer; rejects with the caller's own error for any other
 */
export function clientOver(send: (request: Sent) => Promise<unknown>): Call {
  // A labd of another version is refused before (the commit it was started from), so its answers are those of the table.
  return <Name extends CallName>(name: Name, ...given: GivenTo<Name>) => send(requestOf(name, ...given)) as Promise<AnswerOf<Name>>;
}

/** Method, address and body of an operation. */
export function requestOf<Name extends OperationName>(name: Name, ...[given]: GivenTo<Name>): Sent {
  const { path = {}, query = {}, body } = (given ?? {}) as Loose;
  const [method = '', template = ''] = name.split(' ');
  const filled = template.replace(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(path[parameter] ?? ''));
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]): [string, string][] => (value === undefined ? [] : [[key, String(value)]])),
  );
  return { method, address: asked.size === 0 ? filled : `${filled}?${asked}`, body };
}

/** Where an operation is asked: path and query. */
export function addressOf<Name extends OperationName>(name: Name, ...given: GivenTo<Name>): string {
  return requestOf(name, ...given).address;
}

interface Loose {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}
