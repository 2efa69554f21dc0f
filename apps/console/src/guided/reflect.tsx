import { useState, type ReactNode } from 'react';
import type { ReflectView } from '@loadstair/labs';
import { ActionButton } from '../shell/action-button.tsx';

/** One sentence of one's own, beside what was predicted. */
export function Reflect({
  reflect,
  onReflect,
}: {
  readonly reflect: ReflectView;
  readonly onReflect: (text: string) => Promise<void>;
}): ReactNode {
  const [text, setText] = useState('');
  return (
    <section>
      <h2>Reflect</h2>
      <ul>
        {reflect.beside.filter(Boolean).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {reflect.answer === null ? (
        <>
          <label>
            {reflect.ask}
            <textarea value={text} rows={3} maxLength={2000} onChange={(event) => setText(event.target.value)} />
          </label>
          <ActionButton primary disabled={text.trim() === ''} onPress={() => onReflect(text)}>
            Done
          </ActionButton>
        </>
      ) : (
        <>
          <p>{reflect.ask}</p>
          <blockquote>{reflect.answer}</blockquote>
        </>
      )}
    </section>
  );
}
