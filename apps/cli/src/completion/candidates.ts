import type { Argument, Command, Option } from 'commander';

/** A word that may come next, and what it means. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** What is completed by kind; `files` asks the shell to complete names of files. */
export type Kind = 'stage' | 'profile' | 'setting' | 'experiment' | 'run' | 'host' | 'tier' | 'place' | 'files';

/** Gives candidates of a kind, for a line whose stage and instance are known as far as they were typed. */
export type Source = (kind: Kind, typed: Typed) => Promise<readonly Candidate[]>;

export interface Typed {
  /** Number of the stage that the line names; null where it names none. */
  readonly stage: number | null;
  readonly instance: number;
}

/** Arguments by their names, and options: what each takes that is known. Others take what only the person knows. */
const ARGUMENTS: Readonly<Record<string, readonly Kind[]>> = {
  stage: ['stage'],
  from: ['stage'],
  to: ['stage'],
  lab: ['stage'],
  what: ['stage', 'run'],
  name: ['experiment'],
  run: ['run'],
  host: ['host'],
  tier: ['tier'],
  profile: ['profile'],
  file: ['files'],
};
const OPTIONS: Readonly<Record<string, readonly Kind[]>> = {
  '--profile': ['profile', 'files'],
  '--set': ['setting'],
  '--place': ['place'],
  '--from': ['place'],
  '--class': ['files'],
  '--report': ['files'],
};
/** Commands whose argument or option takes something else than others of that name. */
const OF_COMMAND: Readonly<Record<string, Readonly<Record<string, readonly Kind[]>>>> = {
  'profiles new': { '--from': ['profile', 'run'] },
  verify: { what: ['stage', 'experiment'] },
};

/**
 * What may stand where a line ends.
 *
 * @param words behind the program's name; the last one is being typed and may be empty
 * @param list all commands, for a line that has none yet
 * @param commandOf gives a command with its options and arguments; undefined where there is none of that name
 */
export async function candidates(
  words: readonly string[],
  list: readonly Candidate[],
  commandOf: (name: string) => Promise<Command | undefined>,
  source: Source,
): Promise<readonly Candidate[]> {
  const [first = '', ...rest] = words;
  const current = words.at(-1) ?? '';
  const fitting = (all: readonly Candidate[]): Candidate[] => all.filter(({ value }) => value === ':files' || value.startsWith(current));
  if (words.length <= 1) return fitting(list);
  const found = await commandOf(first);
  if (found === undefined) return [];
  const { command, path, behind } = subcommandOf(found, first, rest);
  const { given, pending } = readWords(command, behind.slice(0, -1));
  const typed = typedOf(command, given, behind);
  const ofKinds = async (kinds: readonly Kind[]): Promise<Candidate[]> => {
    const known = await Promise.all(kinds.filter((kind) => kind !== 'files').map((kind) => source(kind, typed)));
    return [...known.flat(), ...(kinds.includes('files') ? [FILES] : [])];
  };
  if (pending !== null) return fitting([...choices(pending), ...(await ofKinds(kindsOf(pending, path)))]);
  if (current.startsWith('-')) return fitting(optionsLeft(command, behind));
  const argument = command.registeredArguments[given.length] ?? variadic(command);
  const subcommands = given.length === 0 ? command.commands.map((one) => ({ value: one.name(), about: one.description() })) : [];
  if (argument === undefined) return fitting(subcommands);
  return fitting([
    ...subcommands,
    ...choices(argument),
    ...(await ofKinds(OF_COMMAND[path]?.[argument.name()] ?? ARGUMENTS[argument.name()] ?? [])),
  ]);
}

const FILES: Candidate = { value: ':files', about: '' };

function subcommandOf(
  command: Command,
  path: string,
  behind: readonly string[],
): { readonly command: Command; readonly path: string; readonly behind: readonly string[] } {
  const [first = ''] = behind;
  const inner = behind.length > 1 ? command.commands.find((one) => one.name() === first) : undefined;
  return inner === undefined ? { command, path, behind } : { command: inner, path: `${path} ${first}`, behind: behind.slice(1) };
}

/** Arguments among words that are whole, and the option whose value comes next. */
function readWords(command: Command, words: readonly string[]): { readonly given: readonly string[]; readonly pending: Option | null } {
  const given: string[] = [];
  let pending: Option | null = null;
  for (const word of words) {
    if (pending !== null) pending = null;
    else if (word.startsWith('-')) pending = command.options.find((option) => option.long === word && takesValue(option)) ?? null;
    else given.push(word);
  }
  return { given, pending };
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function typedOf(command: Command, given: readonly string[], words: readonly string[]): Typed {
  const at = command.registeredArguments.findIndex((argument) => ['stage', 'from'].includes(argument.name()));
  const stage = Number(given[at]);
  const instance = Number(words[words.indexOf('--instance') + 1]);
  return {
    stage: at !== -1 && Number.isInteger(stage) ? stage : null,
    instance: words.includes('--instance') && Number.isInteger(instance) && instance > 0 ? instance : 1,
  };
}

function kindsOf({ long }: Option, path: string): readonly Kind[] {
  return OF_COMMAND[path]?.[long ?? ''] ?? OPTIONS[long ?? ''] ?? [];
}

function choices(parameter: Option | Argument): Candidate[] {
  return (parameter.argChoices ?? []).map((value) => ({ value, about: '' }));
}

/** Those not typed yet; one that may be repeated stays. */
function optionsLeft(command: Command, words: readonly string[]): Candidate[] {
  return command.options.flatMap(({ long, description, defaultValue }) =>
    typeof long !== 'string' || (words.slice(0, -1).includes(long) && !Array.isArray(defaultValue))
      ? []
      : [{ value: long, about: description }],
  );
}

function variadic(command: Command): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return last?.variadic === true ? last : undefined;
}
