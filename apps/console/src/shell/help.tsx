import { TOPICS } from '@loadstair/words';
import { useRef, type ReactNode } from 'react';
import { turnKeys, useKey, useKeysOn } from './keys.ts';

const KEYS = [
  ['Tab', 'Moves to the next link, button, chart or table.'],
  ['← →', 'In a chart: move by one second, with Shift by ten; Home and End go to its ends.'],
  ['Esc', 'Closes a dialog.'],
  ['p', 'Pauses and resumes live values.'],
  ['?', 'Opens this dialog.'],
] as const;

/** Opens the glossary and the list of keys. */
export function HelpButton(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const keysOn = useKeysOn();
  const open = (): void => dialog.current?.showModal();
  useKey('?', open);
  return (
    <>
      <button type="button" className="sign" aria-label="Glossary and keys" onClick={open}>
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="help-title">
        <h2 id="help-title">Glossary</h2>
        {TOPICS.map(({ title, terms }) => (
          <section key={title}>
            <h3>{title}</h3>
            <List entries={terms.map(({ term, meaning }) => [term, meaning] as const)} />
          </section>
        ))}
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

function List({ entries }: { readonly entries: readonly (readonly [word: string, meaning: string])[] }): ReactNode {
  return (
    <dl className="rows">
      {entries.map(([word, meaning]) => (
        <div className="entry" key={word}>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
