import { useRef, type ReactNode } from 'react';
import { turnKeys, useKey, useKeysOn } from './keys.ts';

/** Words of the lab, each in a sentence. */
const WORDS = [
  ['arrival', 'one visitor’s journey begun; the one unit of load'],
  ['offered, achieved', 'arrivals that were due in a second, and those that came to their end'],
  ['SLO', 'what a step must hold: latency at a percentile, from the moment a request was due, and a share of errors'],
  ['step', 'a span of constant load; a run climbs through them, and takes one back down at the end'],
  ['onset', 'where the site stops holding its SLO'],
  ['limit', 'what a host or a program cannot use more of: CPU, memory, connections, slots'],
  ['would run out at', 'the load at which a limit would be full, from how its use grew with load; with its interval'],
  ['waits on', 'full, but only because something behind it is'],
  ['refused', 'the measurement cannot be trusted, for a reason that is named; nothing is claimed'],
  ['inferred, confirmed', 'named from one run; named and proven by giving it 30 % more'],
  ['lab CPU', 'a fixed share of a core, 10 % unless told'],
] as const;

const KEYS = [
  ['Tab', 'to the next link, button, chart or table'],
  ['← →', 'in a chart: the next second, with Shift ten; Home and End'],
  ['Esc', 'closes what is open'],
  ['p', 'live values: stops what is shown, and lets it go on'],
  ['?', 'opens this'],
] as const;

/** What words and keys mean. */
export function HelpButton(): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const keysOn = useKeysOn();
  const open = (): void => dialog.current?.showModal();
  useKey('?', open);
  return (
    <>
      <button type="button" className="sign" aria-label="Words and keys" onClick={open}>
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="help-title">
        <h2 id="help-title">Words</h2>
        <List entries={WORDS} />
        <h2>Keys</h2>
        <List entries={KEYS} />
        <p>
          <label>
            <input type="checkbox" checked={keysOn} onChange={(event) => turnKeys(event.target.checked)} /> Single keys (p, ?) do something
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
