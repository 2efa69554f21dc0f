import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';

/** Asks for the key of the lab that runs now. */
export function KeyDialog({ wrong, onAnswer }: { readonly wrong: boolean; readonly onAnswer: (key: string | null) => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get('key') ?? '').trim();
    // What was copied may be the whole address.
    onAnswer(given.replace(/^.*#key=/, '') || null);
  };
  return (
    <dialog ref={dialog} aria-labelledby="key-title" onCancel={() => onAnswer(null)}>
      <form onSubmit={submit}>
        <h2 id="key-title">{wrong ? 'This key is not the one of the lab that runs now.' : 'This page may look, not change.'}</h2>
        <p>
          Every start of the lab has a new key. <code>./lab console</code> prints an address that carries it: open that, or paste it here.
        </p>
        <label>
          Key or address
          <input name="key" type="text" autoComplete="off" spellCheck={false} required autoFocus />
        </label>
        <div className="actions">
          <button type="submit" className="primary">
            Use this key
          </button>
          <button type="button" onClick={() => onAnswer(null)}>
            Only look
          </button>
        </div>
      </form>
    </dialog>
  );
}
