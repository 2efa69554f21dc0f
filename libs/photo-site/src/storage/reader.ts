import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose request is being answered: what somebody wrote before decides where the next read of theirs may go. */
const readers = new AsyncLocalStorage<string>();

export function asReader<Result>(key: string, work: () => Result): Result {
  return readers.run(key, work);
}

/** Undefined for work that nobody asked for, and for who is not signed in. */
export function currentReader(): string | undefined {
  return readers.getStore();
}
