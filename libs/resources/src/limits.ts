/** Use of a limit at or above which a resource counts as at its limit in a step (calibration.md, Q2). */
export const AT_LIMIT = 0.92;
/** I/O-stall share at or above which a disk counts as at its limit. */
export const IO_STALL = 0.3;
/** Use at or above which a resource is close to its limit: queues begin to wander there. */
export const NEAR = 0.85;
/** Share of throttled 100 ms periods at or above which a host counts as throttled. */
export const THROTTLED = 0.2;
/** Mean hold ÷ the shortest of any step at or above which the holder waits for somebody else. */
export const HOLD_RATIO_LIMIT = 1.3;
