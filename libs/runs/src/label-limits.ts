/** Longest name and note that a person can give to a run, characters. */
export const MOST_NAME = 80;
export const MOST_NOTE = 2000;
