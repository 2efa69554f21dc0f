/** Who learns in this browser; a workshop gives everyone a browser of their own. */
const STORED = 'loadstair.learner';
const NOBODY_NAMED = 'me';

export function storedLearner(): string {
  return localStorage.getItem(STORED) ?? NOBODY_NAMED;
}

export function keepLearner(name: string): void {
  localStorage.setItem(STORED, name.trim() === '' ? NOBODY_NAMED : name.trim());
}
