import { useSyncExternalStore } from 'react';

/** Whether the page is light or dark now: what the person chose, or else the machine's way. */
export function useScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, scheme);
}

function scheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function subscribe(changed: () => void): () => void {
  const machine = matchMedia('(prefers-color-scheme: dark)');
  machine.addEventListener('change', changed);
  document.documentElement.addEventListener('themechange', changed);
  return () => {
    machine.removeEventListener('change', changed);
    document.documentElement.removeEventListener('themechange', changed);
  };
}
