import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { turnKeys, useKey, useKeysOn } from './keys.ts';
import { List } from './list.tsx';
import { Loading } from './states.tsx';

/** Loaded when it is asked for: most pages are read without it. */
const Glossary = lazy(async () => ({ default: (await import('./glossary.tsx')).Glossary }));

const KEYS = [
  ['Tab', 'Moves to the next link, button, chart or table.'],
  ['← →', 'In a chart: move by one second, with Shift by ten; Home and End go to its ends.'],
  ['Esc', 'Closes a dialog.'],
  ['p', 'Pauses and resumes live values and replays.'],
  ['?', 'Opens this dialog.'],
] as const;

/** Opens the glossary and the list of keys. */
export function HelpButton(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const keysOn = useKeysOn();
  const [asked, setAsked] = useState(false);
  const open = (): void => {
    setAsked(true);
    dialog.current?.showModal();
  };
  useKey('?', open);
  return (
    <>
      <button type="button" className="sign" aria-label="Glossary and keys" onClick={open}>
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="help-title">
        <h2 id="help-title">Glossary</h2>
        {asked ? (
          <Suspense fallback={<Loading what="the glossary" />}>
            <Glossary />
          </Suspense>
        ) : null}
        <h2>Keys</h2>
        <List entries={KEYS} />
        <p>
          <label>
            <input type="checkbox" checked={keysOn} onChange={(event) => turnKeys(event.target.checked)} /> Single-key shortcuts (p, ?)
          </label>
        </p>
        <div className="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </dialog>
    </>
  );
}
