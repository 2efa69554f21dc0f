import { useEffect, useState } from 'react';

/** A value under the cursor is spoken once the cursor rests. */
const SPOKEN_AFTER_MS = 250;

/** The text, once it has stayed the same for a moment: for a live region. */
export function useSpoken(text: string): string {
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(text), SPOKEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
