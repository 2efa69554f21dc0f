/** Storage belongs to one origin, port included; a cookie would go to every port of this address. */
const STORED = 'loadstair.key';

/** Takes the key out of `#key=…`, keeps it, and cleans the address. */
export function adoptKeyFromAddress(): void {
  const key = keyIn(location.hash);
  if (key === null) return;
  keepKey(key);
  history.replaceState(null, '', location.pathname + location.search);
}

/** The key in a fragment, or null. */
export function keyIn(fragment: string): string | null {
  return /^#key=([\w-]{8,})$/.exec(fragment)?.[1] ?? null;
}

export function storedKey(): string | null {
  return localStorage.getItem(STORED);
}

export function keepKey(key: string): void {
  localStorage.setItem(STORED, key);
}
