/** What a browser kept from the time when the first web server was the only one: the balancer's cookie for its first server. */
export const FIRST_SERVER = { SERVER: 's1' };
