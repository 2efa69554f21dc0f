import { describe, expect, it } from '@jest/globals';
import { placeTopology, type PlacedHost, type Placement, type Tier, type Topology } from '@loadstair/topology';
import { hostRules, identRules, postgresConfig } from './config.ts';

const tier = (name: string, settings: Tier['settings'], count = 1): Tier => ({
  name,
  count,
  cpu: 1,
  memoryMiB: 512,
  components: ['postgres'],
  settings,
  public: false,
  distanceMs: 0,
});
const alone: Topology = { stage: 2, slug: '', title: '', tiers: [tier('db', {})], links: [] };
const followed: Topology = {
  ...alone,
  tiers: [tier('db', { postgres: { sync: 1 } }), tier('db-replica', { postgres: { delay: 250 } }, 2)],
  links: [{ from: 'db-replica', to: 'db', role: 'wal' }],
};
const place = (topology: Topology): Placement => placeTopology(topology, { instance: 7, labFolder: '/lab' });
const rulesOf = (topology: Topology): string => hostRules(place(topology).hosts[0] as PlacedHost, place(topology), 'pictures');
/** Settings as PostgreSQL reads them: the last of a name counts. */
const settingsOf = (placement: Placement, name: string): Record<string, string> => {
  const host = placement.hosts.find((one) => one.name === name) as PlacedHost;
  const lines = postgresConfig(host, placement, `/run/loadstair/7/${name}`)
    .split('\n')
    .filter((line) => line.includes(' = '));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' = ')), line.slice(line.indexOf(' = ') + 3)]));
};

describe('configuration of PostgreSQL', () => {
  it('says nothing of replicas where there are none', () => {
    const text = Object.keys(settingsOf(place(alone), 'db-1')).join(' ');
    expect(text).not.toMatch(/wal_keep|wal_r|senders|standby|recovery|primary/);
    expect(rulesOf(alone)).not.toContain('replication');
  });

  it('lets a replica follow the primary, later where it is told to', () => {
    expect(settingsOf(place(followed), 'db-replica-2')).toMatchObject({
      primary_conninfo: `'host=''127.7.0.1'' port=''5432'' user=''replicator'' passfile=''/lab/instances/7/hosts/db-replica-2/pgpass'' application_name=''db-replica-2'' connect_timeout=''2'' tcp_user_timeout=''10000'''`,
      recovery_min_apply_delay: '250ms',
      listen_addresses: `'127.7.0.3'`,
    });
    expect(settingsOf(place(followed), 'db-1')).not.toHaveProperty('primary_conninfo');
    expect(rulesOf(followed)).toContain('host replication replicator 127.7.0.0/16 scram-sha-256');
  });

  it('waits only some seconds for a peer that says nothing', () => {
    expect(settingsOf(place(alone), 'db-1')).toMatchObject({ tcp_user_timeout: '10000', tcp_keepalives_idle: '5' });
    expect(settingsOf(place(followed), 'db-1')).toMatchObject({ wal_sender_timeout: '10000ms', wal_receiver_timeout: '10000ms' });
  });

  it('lets nobody in without a password but the lab, and that over the local socket only', () => {
    const rules = rulesOf(followed).trim().split('\n');
    expect(rules.filter((rule) => !rule.startsWith('host ') || !rule.endsWith(' scram-sha-256'))).toEqual([
      'local all loadstair peer map=lab',
    ]);
    expect(rules.join(' ')).not.toMatch(/trust|host \w+ loadstair/);
    expect(identRules('root')).toBe('lab root loadstair\n');
    expect(settingsOf(place(followed), 'db-1')['unix_socket_permissions']).toBe('0700');
  });

  it('takes any path', () => {
    const odd = placeTopology(followed, { instance: 7, labFolder: "/srv/anna's lab" });
    // Quotes of the connection's words, inside quotes of the file.
    expect(settingsOf(odd, 'db-replica-1')['primary_conninfo']).toContain(
      String.raw`passfile=''/srv/anna\\''s lab/instances/7/hosts/db-replica-1/pgpass''`,
    );
  });

  it('makes commits wait on whichever host takes the writes', () => {
    for (const name of ['db-1', 'db-replica-1']) expect(settingsOf(place(followed), name)['synchronous_standby_names']).toBe(`'ANY 1 (*)'`);
  });

  it('turns the old primary into a replica of the promoted one', () => {
    const promoted: Placement = { ...place(followed), primaries: { db: 'db-replica-1' } };
    expect(settingsOf(promoted, 'db-1')['primary_conninfo']).toContain(`host=''127.7.0.2''`);
    expect(settingsOf(promoted, 'db-replica-1')).not.toHaveProperty('primary_conninfo');
  });
});
