/** The balancer may stand still for its CPU budget, at most a period of 100 ms at each look, and a failed try takes its time. */
export const LOOK_MARGIN_MS = 250;
