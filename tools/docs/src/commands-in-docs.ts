import type { TextFile } from './repository.ts';

/** A command line in a document that the lab would refuse. */
export interface WrongCommand {
  readonly path: string;
  readonly line: string;
  readonly why: string;
}

/** Go with every command. */
const GENERAL = ['--no-color', '--no-input', '--debug', '--help'];
const LINE = /\.\/lab ((?:[a-z-]+|--version)(?:[^\n`|·#→:;()]|\([^)]*\))*)/g;

/** Commands with the options that their help names, from docs/reference/commands.md. */
export function commandsOf(page: string): Map<string, Set<string>> {
  const sections = page.split(/^### \.\/lab /m).slice(1);
  return new Map(sections.map((section) => [section.split('\n')[0] ?? '', new Set(section.match(/--[a-z][a-z-]*/g))]));
}

/** Command lines in code of a document that name an unknown command or option. */
export function wrongCommands({ path, text }: TextFile, commands: ReadonlyMap<string, ReadonlySet<string>>): WrongCommand[] {
  return [...codeOf(text).matchAll(LINE)].flatMap(([line, words = '']) => {
    const [command = '', ...rest] = words.trim().split(/\s+/);
    if (command.startsWith('--') || /^[A-Z]/.test(command)) return [];
    const known = commands.get(`${command} ${rest[0] ?? ''}`) ?? commands.get(command);
    if (known === undefined) return [{ path, line, why: `there is no command ${command}` }];
    return (rest.join(' ').match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])
      .filter((option) => !known.has(option) && !GENERAL.includes(option))
      .map((option) => ({ path, line, why: `${command} has no option ${option}` }));
  });
}

/** Fenced blocks, and code within lines. */
function codeOf(markdown: string): string {
  const fenced = [...markdown.matchAll(/^ *```[^\n]*\n([\s\S]*?)^ *```$/gm)].map(([, block]) => block ?? '');
  const inline = [...markdown.replace(/^ *```[^\n]*\n[\s\S]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, code]) =>
    (code ?? '').replaceAll('\n', ' '),
  );
  return [...fenced, ...inline].join('\n');
}
