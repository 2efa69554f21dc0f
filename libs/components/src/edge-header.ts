/** Says to the balancer that a request comes from an edge, by the token that both were given. */
export const EDGE_HEADER = 'x-edge-token';
