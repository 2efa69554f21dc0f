import { useEffect } from 'react';

/** Goes to the part that the address names, and outlines it until the next click: hints of labs point so. */
export function useFragment(): void {
  useEffect(() => {
    const part = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (part === null) return;
    if (part instanceof HTMLDetailsElement) part.open = true;
    part.scrollIntoView();
    part.classList.add('pointed-at');
    const forget = (): void => part.classList.remove('pointed-at');
    addEventListener('click', forget, { once: true });
    return () => {
      removeEventListener('click', forget);
      forget();
    };
  }, []);
}
