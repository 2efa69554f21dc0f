import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { AnswerOf, ChangeName, GivenTo } from '@loadstair/lab-api/client';
import { change } from './client.ts';
import { keepKey, storedKey } from './key.ts';
import { KeyDialog } from './key-dialog.tsx';
import { failureOf, LabError } from './lab-error.ts';

/** Asks labd to change something; asks the person for the key first when labd wants another one. */
export type Change = <Name extends ChangeName>(name: Name, ...given: GivenTo<Name>) => Promise<AnswerOf<Name>>;

const ChangeContext = createContext<Change | null>(null);

interface Asking {
  /** A key was given before, and labd did not take it. */
  readonly wrong: boolean;
  readonly answer: (key: string | null) => void;
}

export function ChangeProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [asking, setAsking] = useState<Asking | null>(null);

  const askForKey = useCallback(async (wrong: boolean): Promise<string | null> => {
    const key = await new Promise<string | null>((answer) => setAsking({ wrong, answer }));
    setAsking(null);
    return key;
  }, []);

  const changeWithKey = useMemo<Change>(
    () =>
      async (name, ...given) => {
        for (;;) {
          try {
            return await change(name, ...given);
          } catch (error) {
            if (failureOf(error).kind !== 'key') throw error;
            const key = await askForKey(storedKey() !== null);
            if (key === null) throw new LabError({ kind: 'key' });
            keepKey(key);
          }
        }
      },
    [askForKey],
  );

  return (
    <ChangeContext value={changeWithKey}>
      {children}
      {asking === null ? null : <KeyDialog wrong={asking.wrong} onAnswer={asking.answer} />}
    </ChangeContext>
  );
}

export function useChange(): Change {
  const found = useContext(ChangeContext);
  if (found === null) throw new Error('useChange needs a ChangeProvider.');
  return found;
}
