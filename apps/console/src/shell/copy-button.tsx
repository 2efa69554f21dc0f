import { useEffect, useState, type ReactNode } from 'react';

const SAID_MS = 2000;
const WORDS = { ready: 'Copy', copied: 'Copied', refused: 'Not allowed' } as const;

/**
 * Puts a text on the clipboard, and says that it did.
 *
 * @param props.what is copied, for those who do not see what stands beside it
 */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  const [state, setState] = useState<keyof typeof WORDS>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <button type="button" className="copy" onClick={copy}>
      <span aria-live="polite">{WORDS[state]}</span>
      <span className="unseen"> {what}</span>
    </button>
  );
}

/** A command to type in a terminal, with a button that copies it. */
export function Command({ children }: { readonly children: string }): ReactNode {
  return (
    <span className="command-line">
      <code>{children}</code> <CopyButton text={children} what={`command ${children}`} />
    </span>
  );
}
