/** How many times faster than it was measured a run is played: at least, at most, and where nothing is said. */
export const SPEED = { least: 1, most: 20, usual: 10 } as const;
