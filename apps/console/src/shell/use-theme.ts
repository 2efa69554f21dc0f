import { useEffect, useState } from 'react';

/** The colours that are shown: what was chosen, or what the machine has. */
export function useShownTheme(): 'light' | 'dark' {
  const [scheme] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [theme, setTheme] = useState(() => shown(scheme.matches));
  useEffect(() => {
    const look = (): void => setTheme(shown(scheme.matches));
    scheme.addEventListener('change', look);
    document.documentElement.addEventListener('themechange', look);
    return () => {
      scheme.removeEventListener('change', look);
      document.documentElement.removeEventListener('themechange', look);
    };
  }, [scheme]);
  return theme;
}

function shown(systemIsDark: boolean): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : systemIsDark ? 'dark' : 'light';
}
