/** A text as one word of a POSIX shell, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

export interface Confinement {
  /** User and group id to run as; null is who the lab runs as. */
  readonly user: number | null;
  /** Shell commands that give the program a view of the files of its own (private-view.ts); empty for everybody's view. */
  readonly view: readonly string[];
}

/**
 * A command that runs without rights: a user and group of its own, no other group, no capability, and no way to get one back
 * (`no_new_privs`: set-user-id programs do nothing for it).
 */
export function confined({ user, view }: Confinement, command: string, args: readonly string[]): [command: string, args: string[]] {
  const dropped =
    user === null
      ? [command, ...args]
      : [
          ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'],
          ...['--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', command, ...args],
        ];
  const [first = command, ...rest] =
    view.length === 0
      ? dropped
      : ['unshare', '--mount', '--propagation', 'private', '/bin/sh', '-c', `${view.join(' && ')} && exec "$@"`, 'sh', ...dropped];
  return [first, rest];
}
