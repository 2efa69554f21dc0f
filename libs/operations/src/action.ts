import { placesOf } from '@loadstair/topology';
import type { z } from 'zod';
import { DATABASES } from './capabilities.ts';
import type { Capability } from './capability.ts';
import { MissingCapability, Refused, UnknownSubject } from './problems.ts';
import type { OperableSite } from './site.ts';

/** What is acted on: one host, the hosts of a tier, a group of databases, a place, or the site as a whole. */
export type Subject = 'host' | 'tier' | 'group' | 'place' | 'site';

/**
 * What came of an action, as plain JSON: what its definition says that comes of it, or why the lab refused. A refusal is a result, a
 * failure is not.
 */
export type ActionResult =
  { readonly kind: 'done'; readonly [came: string]: unknown } | { readonly kind: 'refused'; readonly what: string; readonly why: string };

/** Something to do to a running site: an action with its input. Made by calling the definition of the action. */
export interface Action {
  readonly definition: AnyAction;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Throws when the site has not what it acts on or needs; nothing is done. */
  check(site: OperableSite): void;
  run(site: OperableSite, signal: AbortSignal): Promise<Done>;
}

/** What came of an action, and what was done in a sentence without its full stop. */
export interface Done {
  readonly result: ActionResult;
  readonly text: string;
}

/** An action. Calling it with its input gives something to do. */
export interface ActionDefinition<Input, Result> {
  (input: Input): Action;
  /** Lower-case words with dashes, unique. */
  readonly name: string;
  readonly summary: string;
  readonly subject: Subject;
  readonly input: z.ZodType<Input>;
  readonly result: z.ZodType<Result>;
  /** What an action of this definition was given; null for one of another. */
  inputOf(action: Action): Input | null;
}

/** An action whose input is not known yet. */
export interface AnyAction {
  readonly name: string;
  readonly summary: string;
  readonly subject: Subject;
  /** Whether hosts that come or go by it do so as planned. */
  readonly planned: boolean;
  readonly input: z.ZodType;
  readonly result: z.ZodType;
  /** Something to do, of plain data. Throws ZodError. */
  from(input: unknown): Action;
}

type Needs = Readonly<Record<string, Capability<unknown>>>;
type Offers<All extends Needs> = { readonly [Name in keyof All]: All[Name] extends Capability<infer Offer> ? Offer : never };

/** What an action runs with: the site, what it needs of it, and a signal that ends it. */
export type Given<All extends Needs> = Offers<All> & { readonly site: OperableSite; readonly signal: AbortSignal };

interface Spec<Input, Result, All extends Needs> {
  readonly name: string;
  /** What it does, in the imperative: for lists and the API's document. */
  readonly summary: string;
  readonly subject: Subject;
  readonly input: z.ZodType<Input>;
  /** What comes of it when it is done. */
  readonly result: z.ZodType<Result>;
  readonly needs: All;
  /** Hosts that come or go by it do so as planned: to a run that goes on they are no disturbance. Not where a host is to fail. */
  readonly planned?: true;
  /** May throw Refused. */
  readonly run: (input: Input, given: Given<All>) => Promise<Result>;
  readonly sentence: (input: Input, result: Result) => string;
}

/**
 * Defines an action. Experiments, the API, the command line and runbooks do it by the same value. A `host`, `tier`, `group` or `place`
 * in the input is checked against the site before anything is done.
 */
export function defineAction<Input extends object, Result extends object, All extends Needs>(
  spec: Spec<Input, Result, All>,
): ActionDefinition<Input, Result> & AnyAction {
  const inputs = new WeakMap<Action, Input>();
  const define = (input: Input): Action => {
    const action: Action = {
      definition,
      name: spec.name,
      input: Object.fromEntries(Object.entries(input)),
      check(site) {
        offersOf(spec.needs, site);
        checkSubject(site, input);
      },
      async run(site, signal) {
        try {
          const result = await spec.run(input, { ...offersOf(spec.needs, site), site, signal });
          return { result: { ...result, kind: 'done' }, text: spec.sentence(input, result) };
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          return { result: { kind: 'refused', what: error.what, why: error.why }, text: `refused: ${error.what}` };
        }
      },
    };
    inputs.set(action, input);
    return action;
  };
  const { summary, subject, input, result, planned = false } = spec;
  const definition = Object.assign(define, {
    summary,
    subject,
    planned,
    input,
    result,
    inputOf: (action: Action) => inputs.get(action) ?? null,
    from: (plain: unknown) => define(input.parse(plain)),
  });
  // A function's own name cannot be assigned.
  return Object.defineProperty(definition, 'name', { value: spec.name });
}

function offersOf<All extends Needs>(needs: All, site: OperableSite): Offers<All> {
  const found = Object.entries(needs).map(([name, wanted]) => {
    const given = site.capability(wanted);
    if (given === null) throw new MissingCapability(wanted.missing);
    return [name, given];
  });
  return Object.fromEntries(found) as Offers<All>;
}

function checkSubject(site: OperableSite, input: object): void {
  const known = {
    host: () => site.hosts().map((host) => host.name),
    tier: () => site.placement.topology.tiers.map((tier) => tier.name),
    group: () => [...(site.capability(DATABASES)?.keys() ?? [])],
    place: () => placesOf(site.placement.topology).map((place) => place.name),
  };
  for (const kind of ['host', 'tier', 'group', 'place'] as const) {
    for (const name of namedIn(input, kind)) if (!known[kind]().includes(name)) throw new UnknownSubject(kind, name, known[kind]());
  }
}

/** Texts of a key in an input, or in an object in it. */
function namedIn(input: object, key: string): string[] {
  const fields = new Map<string, unknown>(Object.entries(input));
  const named = fields.get(key);
  const inner = [...fields.values()].filter((value) => typeof value === 'object' && value !== null);
  return [...(typeof named === 'string' ? [named] : []), ...inner.flatMap((value) => namedIn(value, key))];
}
