import { expect, it } from '@jest/globals';
import { admitUsers, scramVerifier, siteRights } from './users.ts';

it('makes of a password what PostgreSQL stores (checked against PostgreSQL 15: CREATE ROLE … PASSWORD, pg_authid)', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  // RFC 7677 §3 gives user "user", password "pencil", this salt and 4096 rounds; its keys are derived from them.
  expect(scramVerifier('pencil', salt, 4096)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

it('puts no password into a statement', () => {
  const sql = admitUsers({ database: 'sesame', replication: 'open' });
  expect(sql).not.toMatch(/sesame|'open'/);
  expect(sql.match(/SCRAM-SHA-256\$1:/g)).toHaveLength(2);
});

it('lets the site into the database that it keeps, and change no table', () => {
  const rights = siteRights('pictures');
  expect(rights).toContain('GRANT CONNECT ON DATABASE pictures TO site;');
  expect(rights).not.toMatch(/CREATE ON|ALL PRIVILEGES|OWNER/);
});
