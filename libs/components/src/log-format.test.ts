import { describe, expect, it } from '@jest/globals';
import { LOG_FIELDS, type LogField } from '@loadstair/telemetry';
import type { LogEntry, LogFormat } from './log-format.ts';
import { haproxyLog } from './haproxy/log.ts';
import { postgresLog } from './postgres/log.ts';
import { redisLog } from './redis/log.ts';
import { entriesIn } from './testing/logged.ts';
import { varnishLog } from './varnish/log.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** Of every line. */
const COMMON: readonly LogField[] = ['time', 'level', 'msg'];

/** Entries of recorded lines, whose fields must all be declared. */
function read(format: LogFormat, text: string): readonly LogEntry[] {
  const entries = entriesIn(text, format);
  const names = new Set(entries.flatMap((entry) => Object.keys(entry)));
  expect([...names].filter((name) => ![...COMMON, ...format.fields].includes(name as LogField))).toEqual([]);
  expect(format.fields.filter((name) => !(name in LOG_FIELDS))).toEqual([]);
  return entries;
}

describe('lines of HAProxy 2.6', () => {
  it('are requests that failed, with who ended them and when', () => {
    const [silent, none] = read(
      haproxyLog,
      `<6>request 1796067729545 127.0.0.1 GET /slow 504 sH servers s1 127.98.0.3 0 0 0 -1 2005 ${TRACE}
<6>request 1796067734834 127.0.0.1 GET /none 503 SC servers <NOSRV> - 0 -1 -1 -1 0 ${TRACE}`,
    );
    expect(silent).toEqual({
      time: 1_796_067_729_545,
      level: 50,
      msg: 'GET /slow answered 504: the server said nothing for too long before the answer began',
      trace_id: TRACE,
      client: '127.0.0.1',
      method: 'GET',
      path: '/slow',
      status: 504,
      termination: 'sH',
      reason: 'the server said nothing for too long before the answer began',
      backend: 'servers',
      server: 's1',
      server_address: '127.98.0.3',
      retries: 0,
      duration_ms: 2005,
      queue_ms: 0,
      connect_ms: 0,
      answer_ms: -1,
    });
    expect(none).toMatchObject({ msg: 'GET /none answered 503: no server was in service', termination: 'SC', connect_ms: -1 });
    expect(none).not.toHaveProperty('server');
  });

  it('are a warning where a second try went well, and have no trace id of a client that sent none', () => {
    const [entry] = read(haproxyLog, '<6>request 1796067729545 127.0.0.1 GET / 200 -- servers s2 127.98.0.4 +1 0 501 12 513 -');
    expect(entry).toMatchObject({ level: 40, msg: 'GET / answered 200 after another try', retries: 1, status: 200 });
    expect(entry).not.toHaveProperty('trace_id');
  });

  it('are changes of servers, which it tells twice', () => {
    const state = 'reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active';
    const entries = read(
      haproxyLog,
      `[WARNING]  (31056) : Server servers/s1 is DOWN, ${state} and 0 backup servers left.
[ALERT]    (31056) : backend 'servers' has no server available!
<1>Server servers/s1 is DOWN, ${state} and 0 backup servers left.
<0>backend servers has no server available!
<5>Server servers/s1 is UP, reason: Layer7 check passed, code: 200, check duration: 34ms. 1 active and 0 backup servers online.
[NOTICE]   (31056) : haproxy version is 2.6.12-1+deb12u4`,
    );
    expect(entries).toMatchObject([
      { level: 40, server: 's1', state: 'DOWN', reason: 'Layer4 connection problem' },
      { level: 50, backend: 'servers' },
      { level: 30, server: 's1', state: 'UP' },
      { level: 30, severity: 'NOTICE', pid: 31_056 },
    ]);
  });
});

describe('lines of PostgreSQL 15', () => {
  it('are messages with their details and their statement, by process', () => {
    const one = '1796067427.504 [25348] 23505 <127.0.0.1> <site> ';
    const other = '1796067427.595 [25352] 57P03 <127.0.0.1> <site> ';
    expect(
      read(
        postgresLog,
        `${one}ERROR:  duplicate key value violates unique constraint "photos_pkey"
${one}DETAIL:  Key (id)=(7) already exists.
${one}STATEMENT:  INSERT INTO photos
\t  VALUES ($1)
${other}FATAL:  the database system is starting up
1796067428.001 [12] 00000 <> <> LOG:  checkpoint starting: time`,
      ),
    ).toEqual([
      expect.objectContaining({
        time: 1_796_067_427_504,
        level: 50,
        sqlstate: '23505',
        detail: 'Key (id)=(7) already exists.',
        statement: 'INSERT INTO photos\n  VALUES ($1)',
        client: '127.0.0.1',
        user: 'site',
      }),
      expect.objectContaining({ level: 50, severity: 'FATAL', sqlstate: '57P03', pid: 25_352 }),
      { time: 1_796_067_428_001, level: 30, msg: 'checkpoint starting: time', pid: 12, severity: 'LOG' },
    ]);
  });

  it('of another form are kept as they are', () => {
    expect(read(postgresLog, 'postgres: could not access the server configuration file: fatal')).toEqual([
      { level: 50, msg: 'postgres: could not access the server configuration file: fatal' },
    ]);
  });
});

describe('lines of Redis 7.0', () => {
  it('are warnings where something fails, and not where it starts and ends', () => {
    const entries = read(
      redisLog,
      `31170:C 30 Nov 2026 19:42:16.461 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
31170:M 30 Nov 2026 19:42:16.462 # WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail.
31170:M 30 Nov 2026 19:42:16.475 * The server is now ready to accept connections at /run/r.sock
31170:signal-handler (1796067737) Received SIGTERM scheduling shutdown...
31170:M 30 Nov 2026 19:42:17.493 # User requested shutdown...
31178:M 30 Nov 2026 19:42:17.962 # Warning: Could not create server TCP listening socket 127.98.0.3:8080: bind: Address already in use`,
    );
    expect(entries.map(({ level }) => level)).toEqual([30, 30, 30, 30, 30, 40]);
    expect(entries[2]).toEqual({
      time: Date.UTC(2026, 10, 30, 19, 42, 16, 475),
      level: 30,
      msg: 'The server is now ready to accept connections at /run/r.sock',
      pid: 31_170,
      severity: 'notice',
    });
  });
});

describe('lines of Varnish 7.1', () => {
  it('are a fetch that failed with why, the answer of the client, and a fetch of which nothing else is said', () => {
    expect(
      read(
        varnishLog,
        `.
         3 FetchError     b backend origin: fail errno 111 (Connection refused)
         3 VCL_Log        b fetch 1796065448.491 GET /photos/7/image 503 ${TRACE}
         2 VCL_Log        c request 1796065448.491 127.0.0.1 GET /photos/7/image 503 ${TRACE}
         9 FetchError     b HTC eof (-1)`,
      ),
    ).toEqual([
      {
        time: 1_796_065_448_491,
        level: 50,
        msg: 'GET /photos/7/image could not be fetched from the site: backend origin: fail errno 111 (Connection refused)',
        trace_id: TRACE,
        method: 'GET',
        path: '/photos/7/image',
        status: 503,
        reason: 'backend origin: fail errno 111 (Connection refused)',
      },
      expect.objectContaining({ level: 50, msg: 'GET /photos/7/image answered 503', client: '127.0.0.1', trace_id: TRACE }),
      { level: 50, msg: 'a fetch from the site failed: HTC eof (-1)', reason: 'HTC eof (-1)' },
    ]);
  });
});
