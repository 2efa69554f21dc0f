import { peers, PORTS, publicAddressFrom, settingsOf, type PlacedHost, type Placement } from '@loadstair/topology';
import { EDGE_HEADER } from '../edge-header.ts';
import { varnishDeclaration } from './declaration.ts';
import { LOG_FETCH, LOG_REQUEST } from './log.ts';

/** What of a host's memory Varnish itself needs beside the files it keeps: two processes, threads, its log. */
const OWN_MIB = 64;
const LEAST_MIB = 8;
/** How long an edge waits for where it fetches, ms; users have given up at 6 s. */
const ORIGIN_LIMITS = { connectMs: 500, answerMs: 6_000 } as const;
/** Answers that are only passed on, and marks of files that are not kept yet. */
export const TRANSIENT_MIB = 8;
/** A file asked for once is remembered this long; asked for again, it is kept (`keep=second`). */
const REMEMBERED_S = 120;

export function keptMiB(host: PlacedHost): number {
  return Math.max(LEAST_MIB, host.tierSpec.memoryMiB - OWN_MIB);
}

/** Where an edge fetches what it does not have: the site as it is reached from the edge's place. */
export function originOf(host: PlacedHost, placement: Placement): string {
  const [origin] = peers(placement, host, 'http');
  if (origin === undefined) throw new Error(`No link of role http leads from tier ${host.tier} to where it could fetch from.`);
  return publicAddressFrom(placement, host.place, origin) ?? origin.address;
}

/**
 * @param purgeToken what who purges has to say, over the private address
 * @param edgeToken by which the balancer knows the edge
 */
export function varnishConfig(host: PlacedHost, placement: Placement, purgeToken: string, edgeToken: string): string {
  return `vcl 4.1;
import std;
backend origin {
  .host = "${originOf(host, placement)}";
  .port = "${PORTS.http}";
  .connect_timeout = ${ORIGIN_LIMITS.connectMs}ms;
  .first_byte_timeout = ${ORIGIN_LIMITS.answerMs}ms;
  .between_bytes_timeout = ${ORIGIN_LIMITS.answerMs}ms;
}
sub vcl_recv {
  if (local.socket == "control") {
    if (req.url == "/edge-health") { return (synth(200)); }
    if (req.http.x-purge-token != "${purgeToken}") { return (synth(403)); }
    if (req.method == "PURGE") { return (purge); }
    if (req.method != "BAN") { return (synth(405)); }
    ban("obj.status != 0");
    return (synth(200));
  }
  # Clients may only read, and only files: pages and the API are the site's own.
  if (req.method != "GET" && req.method != "HEAD") { return (synth(405)); }
  if (req.url !~ "^/static/" && req.url !~ "^/photos/[0-9]+/(image|wall.json)([?]|$)") { return (synth(404)); }
  # A file is the same for everybody.
  unset req.http.cookie;
  unset req.http.authorization;
  # Varnish has added the client's address to what the client says of itself; the site's rate limit needs the address alone.
  set req.http.x-forwarded-for = client.ip;
  set req.http.${EDGE_HEADER} = "${edgeToken}";
  return (hash);
}
sub vcl_hash {
  hash_data(req.url);
  return (lookup);
}
sub vcl_backend_response {
  # What the origin says of the time to live is in beresp.ttl by now; only what it calls public is kept.
  set beresp.grace = 0s;
  set beresp.keep = 0s;
  if (beresp.status != 200 || beresp.http.cache-control !~ "public") {
    set beresp.uncacheable = true;
    set beresp.ttl = 0s;
    return (deliver);
  }
  # The balancer's cookie is for users, and this answer is for all of them.
  unset beresp.http.set-cookie;
${keepRule(host)}  return (deliver);
}
sub vcl_backend_error {
  ${LOG_FETCH}
}
sub vcl_deliver {
  if (resp.status >= 400) { ${LOG_REQUEST} }
  if (obj.hits > 0) { set resp.http.x-cache = "hit"; } else { set resp.http.x-cache = "miss"; }
  set resp.http.x-edge = "${host.name}";
  unset resp.http.x-varnish;
  unset resp.http.via;
}
sub vcl_synth {
  if (resp.status >= 400) { ${LOG_REQUEST} }
  if (resp.status == 200) { set resp.http.x-edge = "${host.name}"; }
  set resp.body = "";
  return (deliver);
}
`;
}

function keepRule(host: PlacedHost): string {
  if (settingsOf(host.tierSpec, varnishDeclaration).keep !== 'second') return '';
  return `  if (!bereq.is_hitmiss) {
    # The first request only leaves a mark; the file goes through.
    set beresp.uncacheable = true;
    set beresp.ttl = ${REMEMBERED_S}s;
  }
`;
}
