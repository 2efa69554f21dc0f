import { Problem } from '@loadstair/kit';
import { nearMiss } from '@loadstair/topology';
import { stages } from './catalogue.ts';
import type { Injection } from './injection.ts';

/** Every cause that is injected for real, by stage. */
export function injections(): readonly Injection[] {
  return stages.flatMap(({ topology: { stage }, injections: specs }) => specs.map((spec) => ({ ...spec, stage })));
}

/** Exit status 2. */
export class UnknownInjection extends Problem {
  constructor(name: string) {
    const known = injections().map((injection) => injection.name);
    const near = nearMiss(name, known);
    super({
      what: `Unknown injection ${name}.`,
      why: `injections are ${known.join(', ')}`,
      do: near === null ? './lab verify --injected --list' : `./lab verify --injected ${near}`,
      code: 'E_UNKNOWN_INJECTION',
      exit: 2,
    });
  }
}

/** Injections by name, in the order of the catalogue; all when no name is given. Throws UnknownInjection. */
export function injectionsByName(names: readonly string[]): readonly Injection[] {
  const all = injections();
  const unknown = names.find((name) => all.every((injection) => injection.name !== name));
  if (unknown !== undefined) throw new UnknownInjection(unknown);
  return names.length === 0 ? all : all.filter((injection) => names.includes(injection.name));
}
