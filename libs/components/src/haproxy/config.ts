import { addressFrom, callers, peers, PORTS, settingsOf, type PlacedHost, type Placement } from '@loadstair/topology';
import { EDGE_HEADER } from '../edge-header.ts';
import { BALANCER_LIMITS, haproxyDeclaration, maxconnOf, MAX_BALANCED, METRICS_PORT, type Sticky } from './declaration.ts';
import { REQUEST_FORMAT, TRACE_VARIABLE } from './log.ts';

/** Places for web servers that may join later; the runtime API fills them without a restart. */
export const SERVER_SLOTS = 16;
export const BACKEND = 'servers';
export const FRONTEND = 'public';

/** With an answer of the balancer's own that no server was in service; the load generator reads it (loadprofiles/lib/send.ts). */
const NO_SERVER_HEADER = 'x-no-server';
const SERVER = 's';

/** Name of a slot, and what the cookie of a user says who stays with its server. */
export function serverName(slot: number): string {
  return `${SERVER}${slot}`;
}

export function slotOf(name: string): number {
  return Number(name.slice(SERVER.length));
}

/** @param edgeToken what edges say with each request */
export function haproxyConfig(host: PlacedHost, placement: Placement, socket: string, edgeToken: string): string {
  const servers = peers(placement, host, 'http');
  // Who comes over another host of the lab was seen there first.
  const behindOthers = callers(placement, host, 'http').length > 0;
  const { sticky = haproxyDeclaration.settings.sticky.default } = settingsOf(host.tierSpec, haproxyDeclaration);
  const { check } = BALANCER_LIMITS;
  const lines = Array.from({ length: SERVER_SLOTS }, (_, index) => {
    const peer = servers[index];
    const cookie = sticky === 'cookie' ? `cookie ${serverName(index + 1)} ` : '';
    // From an address that the site can tell from its users'.
    const looks = `check inter ${check.everyMs}ms fall ${check.bad} rise 1 on-marked-down shutdown-sessions`;
    const options = `${cookie}source ${host.address} ${looks} maxconn ${maxconnOf(host.tierSpec)}`;
    const address = peer === undefined ? '127.0.0.1' : addressFrom(placement, host.place, peer);
    return `  server ${serverName(index + 1)} ${address}:${PORTS.http} ${options}${peer === undefined ? ' disabled' : ''}`;
  });
  return `global
  nbthread 1
  maxconn ${MAX_BALANCED}
  stats socket ${socket} mode 600 level admin
  log stdout format short local0
defaults
  mode http
  log global
  # Requests that went well the first time are not logged: that would cost CPU.
  option dontlog-normal
  timeout connect ${BALANCER_LIMITS.connectMs}ms
  timeout client 75s
  timeout server 10s
  timeout queue 6s
  timeout check ${check.answerMs}ms
  # A request that could not even be connected goes to another server.
  option redispatch 1
  retries 2
  retry-on conn-failure
  option forwardfor if-none
  http-reuse safe
frontend ${FRONTEND}
  bind ${host.publicAddress ?? host.address}:${PORTS.http}
${forwardedForLines(behindOthers, edgeToken)}
  # The id by which lines of other hosts about the same request are found.
  http-request set-var(${TRACE_VARIABLE}) req.hdr(traceparent),field(2,-)
  log-format "${REQUEST_FORMAT}"
  # Its own answers say so, and whether there was no server to ask.
  acl of-a-server res.hdr(x-served-by) -m found
  http-after-response set-header ${NO_SERVER_HEADER} yes if !of-a-server { status 503 } { nbsrv(${BACKEND}) eq 0 }
  http-after-response set-header x-served-by ${host.name} if !of-a-server
  default_backend ${BACKEND}
backend ${BACKEND}
${stickyLines(sticky, behindOthers)}
  option httpchk GET /readyz
${lines.join('\n')}
frontend metrics
  no log
  bind ${host.address}:${METRICS_PORT}
  http-request use-service prometheus-exporter if { path /metrics }
  http-request return status 404
`;
}

/** The site's rate limit goes by the user's address: a client that could choose it would have no limit. */
function forwardedForLines(edges: boolean, edgeToken: string): string {
  if (!edges) return '  http-request del-header X-Forwarded-For';
  return `  # Only an edge has seen the user's address where the balancer has not.
  acl from-edge req.hdr(${EDGE_HEADER}) -m str -- ${edgeToken}
  http-request del-header X-Forwarded-For if !from-edge
  http-request del-header ${EDGE_HEADER}`;
}

/** @param edges whether caches stand before it that take the cookie off: they could keep nothing that is marked as one user's */
function stickyLines(sticky: Sticky, edges: boolean): string {
  switch (sticky) {
    case 'cookie':
      return `  balance roundrobin
  # A user who signed in stays with the server that keeps the session; all others are spread in turn.
  cookie SERVER insert indirect${edges ? '' : ' nocache'}`;
    case 'source':
      return `  # Everybody behind one address stays with one server.
  balance source`;
    case 'none':
      return '  balance roundrobin';
  }
}
