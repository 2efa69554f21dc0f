/** Use of a limit from which a resource counts as at its limit in a step (calibration.md, Q2). */
export const AT_LIMIT = 0.92;
/** Share of the time that somebody waits for a disk, from which on it counts as at its limit. */
export const IO_STALL = 0.3;
